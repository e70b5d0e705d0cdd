package dev.countersign.approval;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast one request may be polled; travels from attempt to attempt in the heartbeat details.
 *
 * @param interval least time between two polls
 * @param yieldedBy number of the attempt that gave its slot back after its last poll, so that the
 *     server has waited in its place; 0: none did
 * @param missed whether an answer may have been missed: a poll got none, or an attempt was killed
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

  Pace missedAnAnswer() {
    return new Pace(interval, yieldedBy, true);
  }

  /** As an attempt finds it: the one before may have been killed with an answer on its way. */
  Pace foundBy(int attempt) {
    return attempt > 1 && !yieldedAt(attempt - 1) ? missedAnAnswer() : this;
  }

  /**
   * Whether the server has waited since that attempt's last poll. After a kill the details may be
   * older than the last poll, so that only a whole interval is safe.
   */
  boolean yieldedAt(int attempt) {
    return yieldedBy == attempt && yieldedBy > 0;
  }
}
