package dev.countersign.approval;

import dev.countersign.workflow.WorkflowTime;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A durable human approval, to be called from workflow code:
 *
 * <pre>{@code
 * return switch (new Approvals().request(request)) {
 *   case Approved(var token, var expiresAt, _, _) -> transfer(token);
 *   ...
 * };
 * }</pre>
 *
 * One object serves one action: it counts how often the user's phone rang for it. The request may
 * be repeated at most once because it is unclear whether the phone rang, and at most once because
 * an approval was lost, and after an expiry as often as the request's {@link ReAsk} allows; each
 * time the user is told first, through {@link ApprovalProgress}. A cancelled scope ends the wait
 * with {@link ActivityFailure} or {@link CanceledFailure}, as an activity's does; a token that
 * arrives then is dropped.
 */
public final class Approvals {
  private final Pings pings = Pings.here();
  private final ApprovalRequester requester = new ApprovalRequester(pings);
  private final DecisionAwaiter awaiter = new DecisionAwaiter(pings);
  private boolean lostBefore;

  /** Asks the user and waits for the decision, telling nobody how it goes. */
  public Decision request(ApprovalRequest request) {
    return request(request, ApprovalProgress.untold());
  }

  /** Asks the user and waits for the decision: seconds, days or a restart of everything later. */
  public Decision request(ApprovalRequest request, ApprovalProgress progress) {
    Instant firstAskedAt = WorkflowTime.now();
    int askedAfterExpiry = 0;
    while (true) {
      Decision decision =
          switch (requester.ask(request, progress)) {
            case ApprovalRequester.Result.Given(var given) -> given;
            case ApprovalRequester.Result.Pending(var pending) -> {
              progress.awaiting(pending.expiresAt());
              yield awaiter.decision(pending);
            }
          };
      if (decision instanceof Decision.Lost lost && !lostBefore) {
        lostBefore = true;
        progress.askingAgain(whyAgain(lost));
      } else if (isOver(decision)
          && mayAskAfterExpiry(request.reAsk(), askedAfterExpiry, firstAskedAt)) {
        askedAfterExpiry++;
        progress.askingAgain(
            decision instanceof Decision.Expired
                ? "No approval arrived in time, so your phone will be asked once more."
                : "It could not be found out in time whether you approved, so your phone will be"
                    + " asked once more; only your answer to the newest question counts.");
      } else {
        return decision;
      }
    }
  }

  /** Whether the request has expired, asked about or not. */
  private static boolean isOver(Decision decision) {
    return decision instanceof Decision.Expired
        || decision.error() == ApprovalError.NOT_ASKED_IN_TIME;
  }

  /** Nobody knows whether the user had approved; without a missed answer, nothing suggests it. */
  private static String whyAgain(Decision.Lost lost) {
    return (lost.code() == ApprovalError.INVALID_GRANT
            ? "The question was lost at your identity provider"
            : "Your approval may have been lost on the way")
        + ", so your phone will be asked once more; only your answer to the newest question counts.";
  }

  private static boolean mayAskAfterExpiry(
      @Nullable ReAsk reAsk, int askedBefore, Instant firstAskedAt) {
    return reAsk != null
        && askedBefore < reAsk.times()
        && !WorkflowTime.now().isAfter(firstAskedAt.plus(reAsk.within()));
  }
}
