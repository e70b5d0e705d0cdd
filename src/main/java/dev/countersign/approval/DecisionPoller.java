package dev.countersign.approval;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.TokenAnswer;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityNotExistsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
   * A worker that is going down keeps its polls open for 5 s and cancels them within 1 s more. A
   * task that goes to such a poll is lost, and found only by the heartbeat timeout.
   */
  private static final Duration WORKER_GONE = Duration.ofSeconds(7);

  private final BackchannelClient client;
  private final Verdicts verdicts;
  private final DurableStore store;
  private final HeartbeatTicker ticker;
  private final PollingSettings settings;
  private final RequestBudget budget;
  private final Clock clock;

  DecisionPoller(
      BackchannelClient client,
      Verdicts verdicts,
      DurableStore store,
      HeartbeatTicker ticker,
      PollingSettings settings,
      RequestBudget budget,
      Clock clock) {
    this.client = client;
    this.verdicts = verdicts;
    this.store = store;
    this.ticker = ticker;
    this.settings = settings;
    this.budget = budget;
    this.clock = clock;
  }

  /**
   * Waits for the decision, or throws the failure with which the next attempt, or the workflow,
   * goes on.
   */
  Decision await(ActivityExecutionContext context, PendingApproval pending, AuthReqId authReqId) {
    int attempt = context.getInfo().getAttempt();
    PollTimes times = new PollTimes(pending, settings, clock);
    Pace pace =
        context
            .getHeartbeatDetails(Pace.class)
            .orElseGet(() -> new Pace(pending.interval(), 0, times.mayFollowOtherPolls()))
            .takenOverBy(attempt);
    PollTimes.Pause pause = times.beforeFirst(pace, attempt);
    boolean wasUnavailable = false;
    try (Wait wait = ticker.start(context, pace)) {
      while (true) {
        Duration untilPoll = times.untilNext(pause);
        if (!times.outlasts(untilPoll)) {
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
        TokenAnswer answer = client.token(authReqId);
        Decision decision = verdicts.of(answer, pending, authReqId, sentAt, wait);
        if (decision != null) {
          return decision;
        }
        switch (answer) {
          case TokenAnswer.SlowDown(var retryAfter, var interval) -> {
            Pace slower = wait.pace().slowedDown(retryAfter, interval);
            wait.pace(slower);
            log.debug("Told to slow down: polls every {} s now", slower.interval().toSeconds());
            if (times.isAwaitingPing()) {
              throw NotDecided.slowedDown(slower.interval());
            }
            // heartbeats are throttled, a failure is not: a kill right now must not lose the pace
            throw giveSlotBack(wait, attempt, times.untilNext(times.after(answer, slower, sentAt)));
          }
          case TokenAnswer.Unavailable(var reason, _) -> {
            if (!wasUnavailable) {
              log.warn("A poll got no answer, the wait goes on: {}", reason);
            }
            wasUnavailable = true;
            wait.pace(wait.pace().withAnswerMissed());
          }
          case TokenAnswer.Pending _,
              TokenAnswer.Granted _,
              TokenAnswer.Denied _,
              TokenAnswer.Expired _,
              TokenAnswer.InvalidGrant _,
              TokenAnswer.Refused _ ->
              wasUnavailable = false;
        }
        pause = times.after(answer, wait.pace(), sentAt);
      }
    } catch (Wait.ShuttingDownException e) {
      throw NotDecided.yet(WORKER_GONE);
    } catch (ActivityNotExistsException e) {
      // the workflow has ended, or another attempt goes on: nobody wants to hear of this one
      log.debug("This wait is over: {}", e.toString());
      context.doNotCompleteOnReturn();
      return new Decision.Expired();
    }
  }

  private static RuntimeException giveSlotBack(Wait wait, int attempt, Duration delay) {
    wait.pace(wait.pace().yieldedBy(attempt));
    return NotDecided.yet(delay);
  }
}
