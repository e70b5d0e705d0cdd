/**
 * One HTTP exchange at the edge where networks fail. Start at {@link
 * dev.countersign.http.Transport}: it sends a request once and tells apart "never sent", "sent, no
 * answer" and "answered". Knows nothing of what is sent.
 */
@NullMarked
package dev.countersign.http;

import org.jspecify.annotations.NullMarked;
