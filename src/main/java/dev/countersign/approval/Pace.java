package dev.countersign.approval;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast one request may be polled, and whether an answer may have been missed; travels from
 * attempt to attempt in the heartbeat details.
 *
 * @param interval least time between two polls
 * @param yieldedBy number of the attempt that gave its slot back after its last poll, so that the
 *     server has waited in its place; 0: none did
 * @param missed whether the provider may have given an answer that didn't arrive
 */
record Pace(Duration interval, int yieldedBy, boolean missed) {
  private static final Duration SLOWER = Duration.ofSeconds(5);

  /** After {@code slow_down}: slower by at least 5 s, for good (CIBA Core 11). */
  Pace slowedDown(@Nullable Duration retryAfter, @Nullable Duration wished) {
    Duration slower = interval.plus(SLOWER);
    if (retryAfter != null && retryAfter.compareTo(slower) > 0) {
      slower = retryAfter;
    }
    if (wished != null && wished.compareTo(slower) > 0) {
      slower = wished;
    }
    return new Pace(slower, 0, missed);
  }

  Pace yieldedBy(int attempt) {
    return new Pace(interval, attempt, missed);
  }

  Pace withAnswerMissed() {
    return new Pace(interval, yieldedBy, true);
  }

  /** What a new attempt knows: after a kill, an answer may be gone. */
  Pace takenOverBy(int attempt) {
    return attempt <= 1 || hasYieldedTo(attempt) ? this : withAnswerMissed();
  }

  /**
   * Whether the server has waited for this attempt. If not, after a kill, the details may be older
   * than the last poll, so that only a whole interval is safe.
   */
  boolean hasYieldedTo(int attempt) {
    return yieldedBy == attempt - 1 && yieldedBy > 0;
  }
}
