package dev.countersign.devservices.tenant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The pace of one request's polls. Strict: an interval counts from the tenant's own answer, that of
 * {@code /bc-authorize} included, and there is no tolerance.
 */
final class Pace {
  /** Whoever has waited long asks more seldom: so much of the wait lies between two polls. */
  private static final int EASING = 60;

  private static final Duration LONGEST_EASED = Duration.ofMinutes(1);

  private final Duration step;
  private final Instant asked;
  private final List<PollLog.Poll> polls = new ArrayList<>();
  private Duration interval;
  private Instant answered;

  Pace(Duration interval, Instant asked) {
    this.step = interval;
    this.asked = asked;
    this.interval = interval;
    this.answered = asked;
  }

  boolean tooEarly(Instant now) {
    return now.isBefore(answered.plus(interval));
  }

  /** Lengthens the interval for this and all later polls (CIBA Core 11). */
  Duration slowDown() {
    interval = interval.plus(step);
    return interval;
  }

  /**
   * Whether whoever should ask still does.
   *
   * @param from when polls could begin to arrive
   * @param now some patience before it is now
   */
  boolean isKept(Instant from, Instant now) {
    Instant heard = answered.isBefore(from) ? from : answered;
    Duration eased = Duration.between(asked, now).dividedBy(EASING);
    Duration usual = longer(interval, eased.compareTo(LONGEST_EASED) > 0 ? LONGEST_EASED : eased);
    return !now.isAfter(heard.plus(usual.multipliedBy(3)));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  void answered(Instant now, PollAnswer answer) {
    answered = now;
    polls.add(new PollLog.Poll(now, answer.getClass().getSimpleName()));
  }

  List<PollLog.Poll> polls() {
    return List.copyOf(polls);
  }
}
