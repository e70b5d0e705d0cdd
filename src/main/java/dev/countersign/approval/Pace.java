package dev.countersign.approval;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast one request may be polled; travels from attempt to attempt in the heartbeat details.
 *
 * @param interval least time between two polls
 * @param yieldedBy number of the attempt that gave its slot back after its last poll, so that the
 *     server has waited in its place; 0: none did
 */
record Pace(Duration interval, int yieldedBy) {
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
    return new Pace(slower, 0);
  }

  Pace yieldedBy(int attempt) {
    return new Pace(interval, attempt);
  }

  /**
   * What a new attempt waits before its first poll. After a kill the details may be older than the
   * last poll, so that only a whole interval is safe.
   */
  Duration beforeFirstPoll(int attempt) {
    return yieldedBy == attempt - 1 && yieldedBy > 0 ? Duration.ZERO : interval;
  }
}
