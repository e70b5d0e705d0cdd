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
    PollTimes times = new PollTimes(pending, settings.burst());
    Pace found =
        context
            .getHeartbeatDetails(Pace.class)
            .orElseGet(() -> new Pace(pending.interval(), 0, false))
            .foundBy(attempt);
    Instant startedAt = clock.instant();
    Duration pause = times.beforeFirstPoll(found, attempt, startedAt);
    TokenAnswer answer = new TokenAnswer.Pending();
    try (Wait wait = ticker.start(context, found)) {
      while (true) {
        Duration untilPoll = times.untilNextPoll(pause, clock.instant());
        boolean slowedDown = answer instanceof TokenAnswer.SlowDown;
        Duration waited = Duration.between(startedAt, clock.instant()).plus(untilPoll);
        if (slowedDown || !times.outlasts(waited)) {
          // heartbeats are sent late, but an attempt's end carries the slower pace to the server
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
        answer = client.token(authReqId);
        Decision decision = decision(answer, wait, pending, authReqId, sentAt);
        if (decision != null) {
          return decision;
        }
        pause = times.after(answer, wait.pace(), sentAt, clock.instant());
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
      case TokenAnswer.Pending _ -> null;
      case TokenAnswer.Unavailable(var reason, _) -> {
        if (!wait.pace().missed()) {
          log.warn("A poll got no answer, the wait goes on: {}", reason);
          wait.pace(wait.pace().missedAnAnswer());
        }
        yield null;
      }
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
            wait.pace().missed() ? Interrupt.APPROVAL_LOST : Interrupt.INVALID_GRANT);
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
