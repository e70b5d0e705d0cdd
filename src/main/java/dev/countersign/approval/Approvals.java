package dev.countersign.approval;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.WorkflowLocal;
import org.jspecify.annotations.Nullable;

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
 * be repeated at most once because it is unclear whether the phone rang, at most once because an
 * approval was lost, and after an expiry as often as {@link ReAsk} allows; each time the user is
 * told first, through {@link ApprovalProgress}. In ping mode the wait ends when the provider says
 * so. A cancelled scope ends the wait with {@link ActivityFailure} or {@link CanceledFailure}, as
 * an activity's does; a token that arrives then is dropped.
 */
public final class Approvals {
  /** A workflow may make several of these, but listens once. */
  private static final WorkflowLocal<Pings> PINGS = WorkflowLocal.withCachedInitial(Pings::heard);

  private final Asking asking = new Asking();
  private final DecisionWait wait = new DecisionWait(PINGS.get());
  private boolean lostBefore;

  /** Asks the user and waits for the decision, telling nobody how it goes. */
  public Decision request(ApprovalRequest request) {
    return request(request, ApprovalProgress.untold());
  }

  /** Asks the user and waits for the decision: seconds, days or a restart of everything later. */
  public Decision request(ApprovalRequest request, ApprovalProgress progress) {
    ReAsking reAsking = new ReAsking(request.reAsk());
    while (true) {
      switch (asking.ask(request, progress)) {
        case Asking.Result.Given(var decision) -> {
          return decision;
        }
        case Asking.Result.Pending(var pending) -> {
          progress.awaiting(pending.expiresAt());
          Decision decision = wait.decision(pending);
          String whyAgain = whyAgain(decision, reAsking);
          if (whyAgain == null) {
            return decision;
          }
          progress.askingAgain(whyAgain);
        }
      }
    }
  }

  /** For the user; null: the decision stands. */
  private @Nullable String whyAgain(Decision decision, ReAsking reAsking) {
    if (decision instanceof Decision.Lost && !lostBefore) {
      lostBefore = true;
      return "Your approval was lost; please approve again.";
    }
    return decision instanceof Decision.Expired && reAsking.mayAsk()
        ? "No approval arrived in time, so you are asked once more."
        : null;
  }
}
