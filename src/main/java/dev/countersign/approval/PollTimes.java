package dev.countersign.approval;

import dev.countersign.ciba.TokenAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the polls of one request go out, and when an attempt gives its slot back in between. */
final class PollTimes {
  /**
   * A request that lives longer holds no slot between its polls, and is polled the more rarely the
   * longer it waits: who is given that long is asked by e-mail rather than by push (Auth0: from
   * five minutes on), and there may be many such waits at a time.
   */
  static final Duration LONG_LIFE = Duration.ofMinutes(10);

  /** A long wait is polled this many times in the time that it has taken so far. */
  private static final int EASING = 60;

  private static final Duration MOST_EASED = Duration.ofMinutes(1);

  /**
   * A "pending" that took this long was held back by the provider (CIBA Core 10.1, long polling).
   */
  private static final Duration HELD = Duration.ofSeconds(10);

  /** The last poll goes out this long before expiry, so that a late approval still counts. */
  private static final Duration LAST_POLL = Duration.ofSeconds(1);

  private final PendingApproval pending;
  private final @Nullable Duration burst;
  private final Clock clock;
  private final Instant startedAt;

  PollTimes(PendingApproval pending, PollingSettings settings, Clock clock) {
    this.pending = pending;
    this.burst =
        isAwaitingPing() || (isLong() && settings.burst() == null)
            ? Duration.ZERO
            : settings.burst();
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** What a new attempt waits before its first poll. */
  Duration beforeFirst(Pace pace, int attempt) {
    Notification notification = pending.notification();
    boolean pinged =
        notification != null && notification.stage() == Notification.Stage.ARRIVED && attempt <= 1;
    return pinged || pace.hasYieldedTo(attempt) ? Duration.ZERO : pause(pace);
  }

  /** What is waited after an answer, counted from now. */
  Duration after(TokenAnswer answer, Pace pace, Instant sentAt) {
    Duration pause = pause(pace);
    Duration took = Duration.between(sentAt, clock.instant());
    if (answer instanceof TokenAnswer.Pending && took.compareTo(HELD) >= 0) {
      return pause.compareTo(took) > 0 ? pause.minus(took) : Duration.ZERO;
    }
    Duration retryAfter =
        answer instanceof TokenAnswer.Unavailable unavailable ? unavailable.retryAfter() : null;
    return retryAfter == null ? pause : longer(pause, retryAfter);
  }

  /** The pause; but the last poll is put off to just before expiry. */
  Duration untilNext(Duration pause) {
    if (pause.isZero()) {
      return pause;
    }
    Duration left = Duration.between(clock.instant(), pending.expiresAt());
    Duration untilLast = left.minus(LAST_POLL);
    if (pause.compareTo(untilLast) > 0) {
      return left.isNegative() ? Duration.ZERO : left;
    }
    return pause.multipliedBy(2).compareTo(untilLast) > 0 ? untilLast : pause;
  }

  /** Whether the attempt keeps its slot until then; a poll that is due always goes out. */
  boolean outlasts(Duration untilPoll) {
    Duration waited = Duration.between(startedAt, clock.instant()).plus(untilPoll);
    return untilPoll.isZero() || burst == null || waited.compareTo(burst) <= 0;
  }

  boolean isAwaitingPing() {
    Notification notification = pending.notification();
    return notification != null && notification.stage() == Notification.Stage.AWAITED;
  }

  /** Whether another activity may have polled for this request before. */
  boolean mayFollowOtherPolls() {
    return pending.notification() != null && !isAwaitingPing();
  }

  private Duration pause(Pace pace) {
    Notification notification = pending.notification();
    if (notification != null) {
      return isAwaitingPing()
          ? longer(pace.interval(), notification.safetyInterval())
          : pace.interval();
    }
    if (!isLong()) {
      return pace.interval();
    }
    Duration eased = Duration.between(pending.askedAt(), clock.instant()).dividedBy(EASING);
    return longer(pace.interval(), eased.compareTo(MOST_EASED) < 0 ? eased : MOST_EASED);
  }

  private boolean isLong() {
    return Duration.between(pending.askedAt(), pending.expiresAt()).compareTo(LONG_LIFE) > 0;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
