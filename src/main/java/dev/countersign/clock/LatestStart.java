package dev.countersign.clock;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the dates of things that were sent from another machine tell of its clock. Each may have
 * been under way for any time, so it shows the least that the clock can be ahead: a later time wins
 * over any number of earlier ones, which after an outage come in a crowd. Only when for {@link
 * #LONGEST_WAY} none has shown the later time any more, that clock was set back. Not thread-safe.
 */
final class LatestStart {
  /** Longer than anything can be under way: a connection that is dead is given up sooner. */
  static final Duration LONGEST_WAY = Duration.ofMinutes(2);

  /** Usual differences of the way, and of how fast two clocks go. */
  private static final Duration TOLERANCE = Duration.ofMillis(500);

  private @Nullable Sample latest;
  private int agreeing;

  /** The latest of those that contradict it, all since it was last agreed with; null: none does. */
  private @Nullable Sample lower;

  private int lowerAgreeing;
  private long lowerSince;

  /**
   * Takes note of one.
   *
   * @param at when it came, nanoseconds by the monotonic clock
   * @return what all of them say together
   */
  Estimate add(Sample sample, long at) {
    if (latest == null || agrees(sample, latest)) {
      latest = later(sample, latest);
      agreeing++;
      lower = null;
      lowerAgreeing = 0;
    } else {
      if (lower == null) {
        lowerSince = at;
      }
      lower = later(sample, lower);
      lowerAgreeing++;
      if (at - lowerSince >= LONGEST_WAY.toNanos()) {
        latest = lower;
        agreeing = lowerAgreeing;
        lower = null;
        lowerAgreeing = 0;
      }
    }
    return new Estimate(latest.least(), sample.local(), agreeing);
  }

  /** The monotonic clock may have stood still: nothing that was known holds any more. */
  void clear() {
    latest = null;
    agreeing = 0;
    lower = null;
    lowerAgreeing = 0;
  }

  private static boolean agrees(Sample sample, Sample latest) {
    return sample.least() >= latest.least() - TOLERANCE.toNanos();
  }

  private static Sample later(Sample sample, @Nullable Sample other) {
    return other == null || sample.least() >= other.least() ? sample : other;
  }
}
