package dev.countersign.approval;

import io.temporal.api.enums.v1.RetryState;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/**
 * A durable human approval, to be called from workflow code:
 *
 * <pre>{@code
 * return switch (new Approvals().request(request)) {
 *   case Approved(var token, var expiresAt) -> transfer(token);
 *   ...
 * };
 * }</pre>
 *
 * One object serves one action: it counts how often the user's phone rang for it. The request may
 * be repeated at most once because it is unclear whether the phone rang, and at most once because
 * an approval was lost; each time the user is told first, through {@link ApprovalProgress}. A
 * cancelled scope ends the wait with {@link ActivityFailure} or {@link CanceledFailure}, as an
 * activity's does; a token that arrives then is dropped.
 */
public final class Approvals {
  private final Asking asking = new Asking();
  private boolean lostBefore;

  /** Asks the user and waits for the decision, telling nobody how it goes. */
  public Decision request(ApprovalRequest request) {
    return request(request, ApprovalProgress.untold());
  }

  /** Asks the user and waits for the decision: seconds, days or a restart of everything later. */
  public Decision request(ApprovalRequest request, ApprovalProgress progress) {
    while (true) {
      switch (asking.ask(request, progress)) {
        case Asking.Result.Given(var decision) -> {
          return decision;
        }
        case Asking.Result.Pending(var pending) -> {
          progress.awaiting(pending.expiresAt());
          Decision decision = awaitDecision(pending);
          if (!(decision instanceof Decision.Lost) || lostBefore) {
            return decision;
          }
          lostBefore = true;
          progress.askingAgain("Your approval was lost; please approve again.");
        }
      }
    }
  }

  private static Decision awaitDecision(PendingApproval pending) {
    Instant now = WorkflowTime.now();
    ApprovalActivities activities =
        Workflow.newActivityStub(
            ApprovalActivities.class,
            ApprovalOptions.awaitDecision(
                Duration.between(now, pending.expiresAt()), pending.request().bindingMessage()));
    try {
      return activities.awaitDecision(pending);
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure) {
        throw e;
      }
      if (e.getCause() instanceof TimeoutFailure
          || e.getRetryState() == RetryState.RETRY_STATE_TIMEOUT) {
        return new Decision.Expired();
      }
      return new Decision.Failed("The wait for the decision failed: " + Causes.of(e), now, null);
    }
  }
}
