/**
 * What time it is elsewhere. Start at {@link dev.countersign.clock.RemoteClock}: it is read off the
 * answers of another machine, so that what that machine dates is compared with its own time. Knows
 * neither HTTP clients nor Temporal nor Spring.
 */
@NullMarked
package dev.countersign.clock;

import org.jspecify.annotations.NullMarked;
