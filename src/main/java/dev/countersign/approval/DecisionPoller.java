package dev.countersign.approval;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.TokenAnswer;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls for one decision, at the provider's pace, until the provider gives a terminal answer, the
 * request expires, or the attempt gives its slot back. The wait of one interval begins when the
 * answer has arrived: providers time from their answer.
 */
final class DecisionPoller {
  private static final Logger log = LoggerFactory.getLogger(DecisionPoller.class);

  /**
   * A "pending" that took this long was held back by the provider (CIBA Core 10.1, long polling).
   */
  private static final Duration HELD = Duration.ofSeconds(10);

  /** The last poll goes out this long before expiry, so that a late approval still counts. */
  private static final Duration LAST_POLL = Duration.ofSeconds(1);

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  /**
   * A worker that is going down keeps its polls open for 5 s and cancels them within 1 s more. A
   * task that goes to such a poll is lost, and found only by the heartbeat timeout.
   */
  private static final Duration WORKER_GONE = Duration.ofSeconds(7);

  private final BackchannelClient client;
  private final GrantAcceptance acceptance;
  private final DurableStore store;
  private final HeartbeatTicker ticker;
  private final PollingSettings settings;
  private final RequestBudget budget;
  private final Clock clock;

  DecisionPoller(
      BackchannelClient client,
      GrantAcceptance acceptance,
      DurableStore store,
      HeartbeatTicker ticker,
      PollingSettings settings,
      RequestBudget budget,
      Clock clock) {
    this.client = client;
    this.acceptance = acceptance;
    this.store = store;
    this.ticker = ticker;
    this.settings = settings;
    this.budget = budget;
    this.clock = clock;
  }

  /**
   * Waits for the decision, or throws the retryable failure with which the next attempt goes on.
   */
  Decision await(ActivityExecutionContext context, PendingApproval pending, AuthReqId authReqId) {
    int attempt = context.getInfo().getAttempt();
    Pace pace =
        context.getHeartbeatDetails(Pace.class).orElseGet(() -> new Pace(pending.interval(), 0));
    Instant startedAt = clock.instant();
    Duration pause = pace.beforeFirstPoll(attempt);
    TokenAnswer answer = new TokenAnswer.Pending();
    try (Wait wait = ticker.start(context, pace)) {
      while (true) {
        Duration untilPoll = untilNextPoll(pause, pending.expiresAt());
        if (!settings.outlasts(Duration.between(startedAt, clock.instant()).plus(untilPoll))) {
          throw giveSlotBack(wait, attempt, untilPoll);
        }
        wait.sleep(untilPoll);
        wait.sleep(budget.takeTurn(System.nanoTime()));
        Instant sentAt = clock.instant();
        if (!sentAt.isBefore(pending.expiresAt())) {
          return new Decision.Expired();
        }
        if (!store.isReachable()) {
          // the attempt may have been given to another process meanwhile: let the server decide
          throw giveSlotBack(wait, attempt, wait.pace().interval());
        }
        boolean wasUnavailable = answer instanceof TokenAnswer.Unavailable;
        answer = client.token(authReqId);
        if (answer instanceof TokenAnswer.Unavailable unavailable && !wasUnavailable) {
          log.warn("A poll got no answer, the wait goes on: {}", unavailable.reason());
        }
        Decision decision = decision(answer, wait, pending, authReqId, sentAt);
        if (decision != null) {
          return decision;
        }
        pause = pauseAfter(answer, wait.pace().interval(), sentAt);
      }
    } catch (Wait.ShuttingDownException e) {
      throw notDecidedYet(WORKER_GONE);
    } catch (ActivityNotExistsException e) {
      // the workflow has ended, or another attempt goes on: nobody wants to hear of this one
      log.debug("This wait is over: {}", e.toString());
      context.doNotCompleteOnReturn();
      return new Decision.Expired();
    }
  }

  private @Nullable Decision decision(
      TokenAnswer answer, Wait wait, PendingApproval pending, AuthReqId authReqId, Instant sentAt) {
    return switch (answer) {
      case TokenAnswer.Pending _, TokenAnswer.Unavailable _ -> null;
      case TokenAnswer.SlowDown(var retryAfter, var interval) -> {
        wait.pace(wait.pace().slowedDown(retryAfter, interval));
        log.debug("Told to slow down: polls every {} s now", wait.pace().interval().toSeconds());
        yield null;
      }
      case TokenAnswer.Granted(var tokens) -> {
        log.info("Approved after {} s", Duration.between(pending.askedAt(), sentAt).toSeconds());
        yield acceptance.accept(tokens, pending, authReqId, wait);
      }
      case TokenAnswer.Denied _ ->
          isPastExpiry(pending, wait.pace()) ? new Decision.Expired() : new Decision.Denied();
      case TokenAnswer.Expired() -> new Decision.Expired();
      case TokenAnswer.InvalidGrant(var description) -> {
        log.warn(
            "An approval was lost: the provider no longer knows the request ({})", description);
        yield new Decision.Lost(
            "The identity provider no longer knows the request, or has handed its token out"
                + (description == null ? "" : ": " + description),
            Interrupt.APPROVAL_LOST);
      }
      case TokenAnswer.Refused(var status, var error, var description) ->
          new Decision.Rejected(
              "The identity provider refused to answer "
                  + Refusals.words(status, error, description),
              Interrupt.AUTHORIZATION_POLLING_ERROR);
    };
  }

  /** Auth0 says {@code access_denied} for denied and for expired: only the clock tells. */
  private boolean isPastExpiry(PendingApproval pending, Pace pace) {
    return clock.instant().isAfter(pending.expiresAt().minus(pace.interval()));
  }

  private Duration pauseAfter(TokenAnswer answer, Duration interval, Instant sentAt) {
    Duration took = Duration.between(sentAt, clock.instant());
    if (answer instanceof TokenAnswer.Pending && took.compareTo(HELD) >= 0) {
      return interval.compareTo(took) > 0 ? interval.minus(took) : Duration.ZERO;
    }
    Duration retryAfter =
        answer instanceof TokenAnswer.Unavailable unavailable ? unavailable.retryAfter() : null;
    return retryAfter != null && retryAfter.compareTo(interval) > 0 ? retryAfter : interval;
  }

  /** The pause; but the last poll is put off to just before expiry. */
  private Duration untilNextPoll(Duration pause, Instant expiresAt) {
    if (pause.isZero()) {
      return pause;
    }
    Duration left = Duration.between(clock.instant(), expiresAt);
    Duration untilLast = left.minus(LAST_POLL);
    if (pause.compareTo(untilLast) > 0) {
      return left.isNegative() ? Duration.ZERO : left;
    }
    return pause.multipliedBy(2).compareTo(untilLast) > 0 ? untilLast : pause;
  }

  private static ApplicationFailure giveSlotBack(Wait wait, int attempt, Duration delay) {
    wait.pace(wait.pace().yieldedBy(attempt));
    return notDecidedYet(delay.compareTo(AT_ONCE) > 0 ? delay : AT_ONCE);
  }

  private static ApplicationFailure notDecidedYet(Duration delay) {
    return ApplicationFailure.newBuilder()
        .setType("NotDecidedYet")
        .setMessage("The user has not decided yet")
        .setCategory(ApplicationErrorCategory.BENIGN)
        .setNextRetryDelay(delay)
        .build();
  }
}
