/** Looks at workflows from outside, by Temporal's client. Knows nothing of what they do. */
@NullMarked
package dev.countersign.client;

import org.jspecify.annotations.NullMarked;
