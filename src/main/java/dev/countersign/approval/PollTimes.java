package dev.countersign.approval;

import dev.countersign.ciba.TokenAnswer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the polls of one request go out: never sooner than the provider allows, later where nothing
 * is lost by it.
 */
final class PollTimes {
  /**
   * A "pending" that took this long was held back by the provider (CIBA Core 10.1, long polling).
   */
  private static final Duration HELD = Duration.ofSeconds(10);

  /** The last poll goes out this long before expiry, so that a late approval still counts. */
  private static final Duration LAST_POLL = Duration.ofSeconds(1);

  /**
   * Up to this life a request keeps its slot for the whole wait, if the settings don't say
   * otherwise. A slot costs 46 KB and spares the server the writing of an attempt for each poll;
   * but there are 10,000, so that 17 requests a second fill them with waits of 10 minutes, and one
   * in 17 s does with waits of two days.
   */
  static final Duration LONGEST_BURST = Duration.ofMinutes(10);

  /** After an hour of waiting, a minute more isn't noticed: so the pace eases, down to this. */
  private static final Duration EASIEST = Duration.ofSeconds(60);

  private static final int EASING = 60;

  private final PendingApproval pending;
  private final @Nullable Duration burst;

  PollTimes(PendingApproval pending, @Nullable Duration burst) {
    this.pending = pending;
    this.burst = pending.awaitsPing() || (burst == null && isLong(pending)) ? Duration.ZERO : burst;
  }

  private static boolean isLong(PendingApproval pending) {
    return Duration.between(pending.askedAt(), pending.expiresAt()).compareTo(LONGEST_BURST) > 0;
  }

  /** Whether an attempt may last this long. */
  boolean outlasts(Duration waited) {
    return burst == null || waited.compareTo(burst) <= 0;
  }

  /** The pause before an attempt's first poll; right after a ping there is none. */
  Duration beforeFirstPoll(Pace pace, int attempt, Instant now) {
    boolean served = attempt == 1 ? pending.pinged() : pace.yieldedAt(attempt - 1);
    return served ? Duration.ZERO : pause(pace.interval(), now);
  }

  /** The pause after a poll that began at {@code sentAt} and was answered {@code now}. */
  Duration after(TokenAnswer answer, Pace pace, Instant sentAt, Instant now) {
    Duration pause = pause(pace.interval(), now);
    Duration took = Duration.between(sentAt, now);
    if (answer instanceof TokenAnswer.Pending && took.compareTo(HELD) >= 0) {
      return pause.compareTo(took) > 0 ? pause.minus(took) : Duration.ZERO;
    }
    Duration retryAfter =
        answer instanceof TokenAnswer.Unavailable unavailable ? unavailable.retryAfter() : null;
    return retryAfter == null ? pause : longer(pause, retryAfter);
  }

  /** The pause; but the last poll is put off to just before expiry. */
  Duration untilNextPoll(Duration pause, Instant now) {
    if (pause.isZero()) {
      return pause;
    }
    Duration left = Duration.between(now, pending.expiresAt());
    Duration untilLast = left.minus(LAST_POLL);
    if (pause.compareTo(untilLast) > 0) {
      return left.isNegative() ? Duration.ZERO : left;
    }
    return pause.multipliedBy(2).compareTo(untilLast) > 0 ? untilLast : pause;
  }

  private Duration pause(Duration interval, Instant now) {
    Notification notification = pending.notification();
    if (notification != null) {
      return notification.arrived() ? interval : longer(interval, notification.safetyInterval());
    }
    Duration eased = Duration.between(pending.askedAt(), now).dividedBy(EASING);
    return longer(interval, eased.compareTo(EASIEST) > 0 ? EASIEST : eased);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
