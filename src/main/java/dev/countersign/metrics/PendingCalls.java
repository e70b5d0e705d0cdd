package dev.countersign.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this application that wait for their users, as Temporal's visibility counts them:
 * the same for every process that looks. None is listed, however many there are; the oldest is
 * found by counting those that began before some time.
 */
final class PendingCalls {
  /** Longer than any call goes on. */
  private static final Duration OLDEST = Duration.ofDays(400);

  private static final Duration PRECISION = Duration.ofSeconds(1);

  /** Of a percent of its age nobody asks. */
  private static final int PART = 100;

  /** The decision of the last moment takes a while to be shown. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private final String query;
  private final ToLongFunction<String> counts;
  private final InstantSource clock;
  private @Nullable Instant oldestBegan;

  /**
   * Looks at calls.
   *
   * @param query finds those that wait
   * @param counts how many workflows a query finds
   * @param clock the Temporal server's
   */
  PendingCalls(String query, ToLongFunction<String> counts, InstantSource clock) {
    this.query = query;
    this.counts = counts;
    this.clock = clock;
  }

  /**
   * What is known of them.
   *
   * @param count how many there are
   * @param oldest how long ago the first of them began; zero: there is none
   * @param overdue how many can't be approved any more, since a minute ago at least
   */
  record Known(long count, Duration oldest, long overdue) {}

  /** Looks at them now. */
  Known look() {
    Instant now = clock.instant();
    long count = counts.applyAsLong(query);
    if (count == 0) {
      oldestBegan = null;
      return new Known(0, Duration.ZERO, 0);
    }
    long overdue = countBefore("ApprovalExpiresAt", now.minus(LATE));
    Instant began = oldestBegan(now);
    oldestBegan = began;
    return new Known(count, Duration.between(began, now), overdue);
  }

  /** A little after the first of them began. */
  private Instant oldestBegan(Instant now) {
    Instant known = oldestBegan;
    if (known != null && beganBefore(known)) {
      return known;
    }
    Instant none = known == null ? now.minus(OLDEST) : known;
    Instant some = now;
    while (isImprecise(none, some, now)) {
      Instant middle = none.plus(Duration.between(none, some).dividedBy(2));
      if (beganBefore(middle)) {
        some = middle;
      } else {
        none = middle;
      }
    }
    return some;
  }

  private static boolean isImprecise(Instant none, Instant some, Instant now) {
    Duration wanted = Duration.between(some, now).dividedBy(PART);
    return Duration.between(none, some)
            .compareTo(wanted.compareTo(PRECISION) > 0 ? wanted : PRECISION)
        > 0;
  }

  private boolean beganBefore(Instant time) {
    return countBefore("StartTime", time) > 0;
  }

  private long countBefore(String attribute, Instant time) {
    return counts.applyAsLong(
        "%s AND %s < '%s'".formatted(query, attribute, time.truncatedTo(ChronoUnit.MILLIS)));
  }
}
