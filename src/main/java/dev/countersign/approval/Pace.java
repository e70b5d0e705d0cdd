package dev.countersign.approval;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast one request may be polled, and what its polls have come to; travels from attempt to
 * attempt in the heartbeat details. Instants are the Temporal server's.
 *
 * @param interval least time between two polls; zero: what the provider asked for at first
 * @param yieldedBy number of the attempt that gave its slot back after its last poll, so that the
 *     server has waited in its place; 0: none did
 * @param missed whether the provider may have given an answer that didn't arrive
 * @param answeredAt when the last poll was sent that the provider answered; null: none is known of
 * @param quietSince since when certainly no poll was sent; null: not known
 * @param mayPollFrom before this the attempt after {@code yieldedBy} may not poll, though it begin
 *     before; null: as soon as it begins
 */
record Pace(
    Duration interval,
    int yieldedBy,
    boolean missed,
    @Nullable Instant answeredAt,
    @Nullable Instant quietSince,
    @Nullable Instant mayPollFrom) {
  private static final Duration SLOWER = Duration.ofSeconds(5);

  /** Before the first poll. */
  static Pace of(Duration interval, boolean missed) {
    return new Pace(interval, 0, missed, null, null, null);
  }

  /** What another process knows of the polls of one that is gone. */
  static Pace ofGone(@Nullable Pace known, @Nullable Instant quietSince) {
    return known == null
        ? new Pace(Duration.ZERO, 0, true, null, quietSince, null)
        : new Pace(known.interval, 0, true, known.answeredAt, quietSince, null);
  }

  /** After {@code slow_down}: slower by at least 5 s, for good (CIBA Core 11). */
  Pace slowedDown(@Nullable Duration retryAfter, @Nullable Duration wished) {
    Duration slower = interval.plus(SLOWER);
    if (retryAfter != null && retryAfter.compareTo(slower) > 0) {
      slower = retryAfter;
    }
    if (wished != null && wished.compareTo(slower) > 0) {
      slower = wished;
    }
    return new Pace(slower, 0, missed, answeredAt, null, null);
  }

  Pace yieldedBy(int attempt, Instant mayPollFrom) {
    return new Pace(interval, attempt, missed, answeredAt, null, mayPollFrom);
  }

  Pace withAnswerMissed() {
    return new Pace(interval, yieldedBy, true, answeredAt, quietSince, mayPollFrom);
  }

  Pace answered(Instant sentAt) {
    return new Pace(interval, yieldedBy, missed, sentAt, null, null);
  }

  /**
   * What a new attempt knows: after a kill, an answer may be gone.
   *
   * @param askedFor the interval that the provider asked for at first
   */
  Pace takenOverBy(int attempt, Duration askedFor) {
    Pace known =
        interval.isZero()
            ? new Pace(askedFor, yieldedBy, missed, answeredAt, quietSince, mayPollFrom)
            : this;
    return attempt <= 1 || hasYieldedTo(attempt) ? known : known.withAnswerMissed();
  }

  /** Whether nothing is known of any poll before. */
  boolean isNew() {
    return yieldedBy == 0 && answeredAt == null;
  }

  /**
   * Whether the server has waited for this attempt. If not, after a kill, the details may be older
   * than the last poll, so that only a whole interval is safe.
   */
  boolean hasYieldedTo(int attempt) {
    return yieldedBy == attempt - 1 && yieldedBy > 0;
  }
}
