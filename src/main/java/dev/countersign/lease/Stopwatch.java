package dev.countersign.lease;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Tells how long ago something was, by two clocks, the later of which counts: the monotonic one
 * stands still while a virtual machine is suspended, and the wall clock may be set back.
 */
final class Stopwatch {
  private final LongSupplier nanoTime;
  private final InstantSource wallClock;

  Stopwatch(LongSupplier nanoTime, InstantSource wallClock) {
    this.nanoTime = nanoTime;
    this.wallClock = wallClock;
  }

  /**
   * A moment.
   *
   * @param nanos by the monotonic clock
   * @param millis by the wall clock
   */
  record Moment(long nanos, long millis) {
    boolean isAfter(Moment other) {
      return nanos - other.nanos > 0;
    }

    /** Whether so much of the monotonic clock has passed since another. */
    boolean isAtLeast(Duration later, Moment other) {
      return nanos - other.nanos >= later.toNanos();
    }
  }

  Moment now() {
    return new Moment(nanoTime.getAsLong(), wallClock.millis());
  }

  Duration since(Moment moment) {
    Moment now = now();
    Duration monotonic = Duration.ofNanos(now.nanos() - moment.nanos());
    Duration wall = Duration.ofMillis(now.millis() - moment.millis());
    return monotonic.compareTo(wall) > 0 ? monotonic : wall;
  }
}
