package dev.countersign.approval;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Waits for the decision on one request after another, in workflow code. */
final class DecisionWait {
  private final Pings pings;

  DecisionWait(Pings pings) {
    this.pings = pings;
  }

  Decision decision(PendingApproval pending) {
    Notification notification = pending.notification();
    if (notification == null) {
      return polled(pending);
    }
    pings.expect(notification);
    Decision decision = unlessPinged(pending, notification);
    return decision == null ? polled(pending.atPing(notification)) : decision;
  }

  private static Decision polled(PendingApproval pending) {
    try {
      return activities(pending, ActivityCancellationType.TRY_CANCEL).awaitDecision(pending);
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure) {
        throw e;
      }
      return failed(e);
    }
  }

  /**
   * Polls slowly until the ping comes, in case it is lost. The slow wait is ended before another
   * one begins, and what it may have fetched meanwhile counts: a token is handed out once.
   *
   * @return null: the ping is there and nothing is decided yet
   */
  private @Nullable Decision unlessPinged(PendingApproval pending, Notification notification) {
    ApprovalActivities slow =
        activities(pending, ActivityCancellationType.WAIT_CANCELLATION_COMPLETED);
    CompletablePromise<Decision> decision = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(
            () -> decision.completeFrom(Async.function(slow::awaitDecision, pending)));
    scope.run();
    Workflow.await(() -> decision.isCompleted() || pings.haveOne(notification));
    if (!decision.isCompleted()) {
      scope.cancel();
    }
    return ended(decision);
  }

  private static @Nullable Decision ended(Promise<Decision> decision) {
    try {
      return decision.get();
    } catch (ActivityFailure e) {
      boolean cancelled =
          e.getCause() instanceof CanceledFailure
              || e.getRetryState() == RetryState.RETRY_STATE_CANCEL_REQUESTED;
      if (!cancelled) {
        return failed(e);
      }
      if (CancellationScope.current().isCancelRequested()) {
        throw e;
      }
      return null;
    }
  }

  private static Decision failed(ActivityFailure e) {
    boolean timedOut =
        e.getCause() instanceof TimeoutFailure
            || e.getRetryState() == RetryState.RETRY_STATE_TIMEOUT;
    return timedOut
        ? new Decision.Expired()
        : new Decision.Failed(
            "The wait for the decision failed: " + Causes.of(e),
            WorkflowTime.now(),
            Interrupt.AUTHORIZATION_POLLING_ERROR);
  }

  private static ApprovalActivities activities(
      PendingApproval pending, ActivityCancellationType cancellation) {
    Instant now = WorkflowTime.now();
    return Workflow.newActivityStub(
        ApprovalActivities.class,
        ApprovalOptions.awaitDecision(
            Duration.between(now, pending.expiresAt()),
            pending.request().bindingMessage(),
            cancellation));
  }
}
