package dev.countersign.approval;

import dev.countersign.workflow.WorkflowTime;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/** Waits for the decision of one request, in workflow code. */
final class DecisionAwaiter {
  private final Pings pings;

  DecisionAwaiter(Pings pings) {
    this.pings = pings;
  }

  Decision decision(PendingApproval pending) {
    Notification notification = pending.notification();
    return notification == null ? polled(pending) : pinged(pending, notification);
  }

  private static Decision polled(PendingApproval pending) {
    try {
      return activities(ApprovalOptions::awaitDecision, pending).awaitDecision(pending);
    } catch (ActivityFailure e) {
      return decisionOf(e);
    }
  }

  /**
   * Polls as rarely as the safety interval, or more rarely, until the ping comes, then at the
   * provider's pace. The rare polls end before others begin, so that there are never two at a time:
   * between its polls the activity is cancelled at once, during one it ends first, and may bring
   * the decision.
   */
  private Decision pinged(PendingApproval asked, Notification notification) {
    PendingApproval pending = asked;
    Notification.Stage stage = Notification.Stage.ARRIVED;
    Instant mayPollFrom = WorkflowTime.now();
    while (!pings.hasCome(notification)) {
      var polls =
          new RarePolls(pending, notification.safetyInterval(), WorkflowTime.now(), mayPollFrom);
      CompletablePromise<Decision> decision = Workflow.newPromise();
      CancellationScope safety = safetyPolls(pending, decision);
      Workflow.await(() -> decision.isCompleted() || pings.hasCome(notification));
      if (!decision.isCompleted()) {
        safety.cancel("The provider has pinged");
        Workflow.await(decision::isCompleted);
      }
      try {
        return decision.get();
      } catch (ActivityFailure e) {
        boolean pinged = pings.hasCome(notification);
        var slower = NotDecided.slowedDown(e);
        if (slower.isPresent()) {
          pending = pending.with(slower.get(), notification);
          mayPollFrom = WorkflowTime.now().plus(slower.get());
          stage = Notification.Stage.ARRIVED_DURING_POLL;
        } else if (pinged && e.getRetryState() == RetryState.RETRY_STATE_CANCEL_REQUESTED) {
          stage = Notification.Stage.ARRIVED_DURING_POLL;
        } else if (pinged && e.getCause() instanceof CanceledFailure) {
          stage =
              polls.allowOneAt(WorkflowTime.now())
                  ? Notification.Stage.ARRIVED
                  : Notification.Stage.ARRIVED_DURING_POLL;
        } else {
          return decisionOf(e);
        }
      }
    }
    return polled(pending.with(pending.interval(), notification.at(stage)));
  }

  private static CancellationScope safetyPolls(
      PendingApproval pending, CompletablePromise<Decision> decision) {
    ApprovalActivities activities = activities(ApprovalOptions::awaitDecisionBesidePings, pending);
    CancellationScope scope =
        Workflow.newCancellationScope(
            () -> decision.completeFrom(Async.function(activities::awaitDecision, pending)));
    scope.run();
    return scope;
  }

  private interface Options {
    ActivityOptions of(Duration untilExpiry, String message);
  }

  private static ApprovalActivities activities(Options options, PendingApproval pending) {
    return Workflow.newActivityStub(
        ApprovalActivities.class,
        options.of(
            Duration.between(WorkflowTime.now(), pending.expiresAt()),
            pending.request().bindingMessage()));
  }

  private static Decision decisionOf(ActivityFailure e) {
    Instant now = WorkflowTime.now();
    if (e.getCause() instanceof CanceledFailure) {
      throw e;
    }
    if (e.getCause() instanceof TimeoutFailure
        || e.getRetryState() == RetryState.RETRY_STATE_TIMEOUT) {
      return Decision.Failed.notAskedInTime(now);
    }
    return new Decision.Failed(
        "The wait for the decision failed: " + Causes.of(e),
        now,
        ApprovalError.PROVIDER_UNAVAILABLE);
  }
}
