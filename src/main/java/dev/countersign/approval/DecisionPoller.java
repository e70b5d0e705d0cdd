package dev.countersign.approval;

import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.TokenAnswer;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityNotExistsException;
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
   * A worker that is going down ends its calls for tasks within about a second. A task that goes to
   * such a call is lost, and found only by a search.
   */
  private static final Duration WORKER_GONE = Duration.ofSeconds(2);

  private final BackchannelClient client;
  private final Verdicts verdicts;
  private final Waits waits;
  private final PollingSettings settings;
  private final PollQueue queue;
  private final ServerTime time;
  private final UnansweredPolls unanswered = new UnansweredPolls(System::nanoTime);

  DecisionPoller(
      BackchannelClient client,
      Verdicts verdicts,
      Waits waits,
      PollingSettings settings,
      PollQueue queue,
      ServerTime time) {
    this.client = client;
    this.verdicts = verdicts;
    this.waits = waits;
    this.settings = settings;
    this.queue = queue;
    this.time = time;
  }

  /**
   * Waits for the decision, or throws the failure with which the next attempt, or the workflow,
   * goes on.
   */
  Decision await(ActivityExecutionContext context, PendingApproval pending, AuthReqId authReqId) {
    Clock clock = time.at(context.getInfo());
    Attempt attempt = new Attempt(context);
    int number = context.getInfo().getAttempt();
    PollTimes times = new PollTimes(pending, settings, clock);
    Pace pace =
        context
            .getHeartbeatDetails(Pace.class)
            .orElseGet(() -> Pace.of(pending.interval(), times.mayFollowOtherPolls()))
            .takenOverBy(number, pending.interval());
    String request = NotificationTokens.digest(authReqId.value());
    try (ActivityLease wait = waits.start(attempt, request, pace)) {
      Decision known = waits.shelf().find(request);
      if (known != null) {
        return known;
      }
      Decision decision =
          new Polling(pending, authReqId, times, clock, wait).decision(pace, number);
      AuditEntry.of(AuditEvent.DECIDED)
          .call(attempt.workflowId())
          .outcome(decision.label())
          .took(Duration.between(pending.askedAt(), clock.instant()))
          .write();
      waits.shelf().keep(request, decision, times.left().plus(ApprovalOptions.GRACE), attempt);
      return decision;
    } catch (ActivityLease.ShuttingDownException e) {
      throw NotDecided.yet(WORKER_GONE);
    } catch (ActivityNotExistsException e) {
      // the workflow has ended, or another attempt goes on: nobody wants to hear of this one
      log.debug("This wait is over: {}", e.toString());
      attempt.abandon();
      return new Decision.Expired();
    }
  }

  /** The polls of one attempt. */
  private final class Polling {
    private final PendingApproval pending;
    private final AuthReqId authReqId;
    private final PollTimes times;
    private final Clock clock;
    private final ActivityLease wait;
    private @Nullable String trouble;

    Polling(
        PendingApproval pending,
        AuthReqId authReqId,
        PollTimes times,
        Clock clock,
        ActivityLease wait) {
      this.pending = pending;
      this.authReqId = authReqId;
      this.times = times;
      this.clock = clock;
      this.wait = wait;
    }

    Decision decision(Pace begun, int number) throws ActivityLease.ShuttingDownException {
      PollTimes.Pause pause = times.beforeFirst(begun, number);
      while (true) {
        Duration untilPoll = times.untilNext(pause);
        if (!times.outlasts(untilPoll) || wait.isAskedToYield()) {
          throw giveSlotBack(number, untilPoll, times.mayPollFrom(pause, untilPoll));
        }
        PollQueue.Place place = queue.enqueue(pause.least(), untilPoll, times.left(), next(pause));
        if (wait.await(place) == PollQueue.Turn.TOO_LATE) {
          return expired(times.wasAskedToTheEnd(wait.pace()));
        }
        if (wait.mayPoll()) {
          Instant sentAt = clock.instant();
          TokenAnswer answer =
              ThreadOfItsOwn.call(() -> client.token(authReqId, pending.request().audience()));
          Decision decision = verdicts.of(answer, pending, authReqId, sentAt, wait, clock);
          if (decision != null) {
            return decision instanceof Decision.Expired
                // it doesn't say whether the user had approved before
                ? expired(times.wasAskedLately(wait.pace()))
                : decision;
          }
          pause = afterPending(answer, sentAt);
        } else {
          place.giveBack();
          pause = PollTimes.soon();
        }
      }
    }

    private Decision expired(boolean asked) {
      return Verdicts.expired(asked, trouble, clock.instant());
    }

    /** A poll that is due at once, after a ping for example, isn't put off to be the last. */
    private Duration next(PollTimes.Pause pause) {
      return pause.wanted().isZero() ? Duration.ZERO : wait.pace().interval();
    }

    private PollTimes.Pause afterPending(TokenAnswer answer, Instant sentAt) {
      switch (answer) {
        case TokenAnswer.SlowDown(var retryAfter, var interval) -> {
          Pace slower = wait.pace().answered(sentAt).slowedDown(retryAfter, interval);
          wait.pace(slower);
          log.debug("Told to slow down: polls every {} s now", slower.interval().toSeconds());
          if (times.isAwaitingPing()) {
            throw NotDecided.slowedDown(slower.interval());
          }
          if (!wait.confirm()) { // a kill right now must not lose the pace
            log.debug("A slower pace could not be stored at once");
          }
        }
        case TokenAnswer.Unavailable(var reason, _) -> {
          if (trouble == null) {
            unanswered.add(reason);
          }
          trouble = reason;
          wait.pace(wait.pace().withAnswerMissed());
        }
        case TokenAnswer.Pending _,
            TokenAnswer.Granted _,
            TokenAnswer.Denied _,
            TokenAnswer.Expired _,
            TokenAnswer.InvalidGrant _,
            TokenAnswer.Refused _ -> {
          trouble = null;
          wait.pace(wait.pace().answered(sentAt));
        }
      }
      return times.after(answer, wait.pace(), sentAt);
    }

    private RuntimeException giveSlotBack(int number, Duration delay, Instant mayPollFrom) {
      wait.pace(wait.pace().yieldedBy(number, mayPollFrom));
      if (!wait.confirm()) {
        log.debug("The pace could not be stored: the next attempt waits a whole interval");
      }
      return NotDecided.yet(delay);
    }
  }
}
