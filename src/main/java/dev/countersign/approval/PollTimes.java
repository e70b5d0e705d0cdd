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

  /** The polls beside a ping: one that is lost costs half as long again as it took to be sent. */
  private static final int EASING_BESIDE_PINGS = 2;

  private static final Duration MOST_EASED_BESIDE_PINGS = Duration.ofHours(1);

  /** Towards the end they come the more often again. */
  private static final int PARTS_OF_REST = 3;

  /**
   * A "pending" that took this long was held back by the provider (CIBA Core 10.1, long polling).
   */
  private static final Duration HELD = Duration.ofSeconds(10);

  /** A turn comes a little before or after its time, and an answer takes a moment. */
  private static final Duration SLACK = Duration.ofMillis(500);

  private static final Duration SOON = Duration.ofMillis(500);

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
  Pause beforeFirst(Pace pace, int attempt) {
    Notification notification = pending.notification();
    boolean pinged =
        notification != null
            && notification.stage() == Notification.Stage.ARRIVED
            && attempt <= 1
            && pace.isNew(); // an operator may have had the attempts counted anew
    if (pinged) {
      return Pause.NONE;
    }
    if (pace.hasYieldedTo(attempt)) {
      return restOfPause(pace);
    }
    Instant quietSince = pace.quietSince();
    Pause pause = pause(pace);
    return quietSince == null ? pause : pause.lessBy(between(quietSince, clock.instant()));
  }

  /**
   * What is left of the pause that the server was to wait: nothing, unless it has begun the attempt
   * too soon, as it does for an operator who pauses a wait and has it go on.
   */
  private Pause restOfPause(Pace pace) {
    Instant mayPollFrom = pace.mayPollFrom();
    if (mayPollFrom == null) {
      return Pause.NONE;
    }
    Duration rest = between(clock.instant(), mayPollFrom);
    return new Pause(rest, rest.compareTo(SLACK) > 0 ? rest : Duration.ZERO);
  }

  /**
   * Before this no further attempt may poll, whenever it begins. Beside pings that is when it is to
   * poll: a workflow that is pinged counts on it.
   *
   * @param untilPoll when the next poll is due, from now
   */
  Instant mayPollFrom(Pause pause, Duration untilPoll) {
    return clock.instant().plus(isAwaitingPing() ? untilPoll : pause.least());
  }

  /** What is waited when a poll that was due may not go out yet: the provider has waited enough. */
  static Pause soon() {
    return new Pause(Duration.ZERO, SOON);
  }

  /** Whether the pace allowed no poll later than the last one that was answered, or hardly. */
  boolean wasAskedToTheEnd(Pace pace) {
    return wasUndecided(
        pace, pending.expiresAt().minus(longer(pace.interval(), PollQueue.LAST_POLL)));
  }

  /** Whether the user was undecided at the poll before the one of now, which was not late. */
  boolean wasAskedLately(Pace pace) {
    Instant now = clock.instant();
    Instant end = now.isBefore(pending.expiresAt()) ? now : pending.expiresAt();
    Duration longest = pace.interval().multipliedBy(2); // at the least pace, as untilNext has it
    return wasUndecided(pace, end.minus(longest));
  }

  private boolean wasUndecided(Pace pace, Instant since) {
    Instant answeredAt = pace.answeredAt();
    Instant undecided = answeredAt == null ? pending.askedAt() : answeredAt;
    return !undecided.isBefore(since.minus(SLACK));
  }

  Duration left() {
    return longer(between(clock.instant(), pending.expiresAt()), Duration.ZERO);
  }

  /** What is waited after an answer, counted from now. */
  Pause after(TokenAnswer answer, Pace pace, Instant sentAt) {
    Pause pause = pause(pace);
    Duration took = Duration.between(sentAt, clock.instant());
    if (answer instanceof TokenAnswer.Pending && took.compareTo(HELD) >= 0) {
      pause = pause.lessBy(took);
    }
    Duration retryAfter =
        switch (answer) {
          case TokenAnswer.Pending(var wished) -> wished;
          case TokenAnswer.Unavailable(_, var wished) -> wished;
          default -> null;
        };
    return retryAfter == null ? pause : pause.atLeast(retryAfter);
  }

  /**
   * The pause; but the last poll goes out just before expiry, as far as the provider's pace allows
   * one, also if that is sooner than wanted. At expiry there is none.
   */
  Duration untilNext(Pause pause) {
    if (pause.wanted().isZero()) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(clock.instant(), pending.expiresAt());
    Duration untilLast = left.minus(PollQueue.LAST_POLL);
    if (pause.wanted().compareTo(untilLast) > 0) {
      Duration last = longer(pause.least(), untilLast);
      return last.compareTo(left) < 0 ? last : longer(left, Duration.ZERO);
    }
    return pause.wanted().multipliedBy(2).compareTo(untilLast) > 0 ? untilLast : pause.wanted();
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

  private Pause pause(Pace pace) {
    Duration least = pace.interval();
    Notification notification = pending.notification();
    if (notification != null) {
      return new Pause(
          least,
          isAwaitingPing()
              ? longer(longer(least, notification.safetyInterval()), easedBesidePings())
              : least);
    }
    return new Pause(least, isLong() ? longer(least, eased(EASING, MOST_EASED)) : least);
  }

  /** Not so that the last poll would be the only one for long: it may fail. */
  private Duration easedBesidePings() {
    return shorter(
        eased(EASING_BESIDE_PINGS, MOST_EASED_BESIDE_PINGS), left().dividedBy(PARTS_OF_REST));
  }

  private Duration eased(int part, Duration most) {
    return shorter(Duration.between(pending.askedAt(), clock.instant()).dividedBy(part), most);
  }

  private boolean isLong() {
    return Duration.between(pending.askedAt(), pending.expiresAt()).compareTo(LONG_LIFE) > 0;
  }

  private static Duration between(Instant one, Instant other) {
    Duration between = Duration.between(one, other);
    return between.isNegative() ? Duration.ZERO : between;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * What is waited from one poll to the next.
   *
   * @param least what the provider allows
   * @param wanted as much or more
   */
  record Pause(Duration least, Duration wanted) {
    static final Pause NONE = new Pause(Duration.ZERO, Duration.ZERO);

    Pause atLeast(Duration retryAfter) {
      return new Pause(longer(least, retryAfter), longer(wanted, retryAfter));
    }

    Pause lessBy(Duration passed) {
      return new Pause(
          longer(least.minus(passed), Duration.ZERO), longer(wanted.minus(passed), Duration.ZERO));
    }
  }
}
