/**
 * Where the identity provider pings in ping mode (CIBA Core 10.2). Start at {@code
 * NotificationController}. Knows nothing of what is approved: it tells the workflow that waits.
 */
@NullMarked
package dev.countersign.ping;

import org.jspecify.annotations.NullMarked;
