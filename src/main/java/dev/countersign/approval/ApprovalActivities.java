package dev.countersign.approval;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * The two steps of an approval that speak to the identity provider. Called by {@link Approvals}.
 */
@ActivityInterface
public interface ApprovalActivities {
  /** Type of the wait's activity, which lives in histories. */
  String AWAIT_DECISION = "AwaitDecision";

  /**
   * Asks the provider to ask the user. Each call may ring the user's phone.
   *
   * @param reserved the places that a delayed request was given; null: it was not delayed
   */
  @ActivityMethod(name = "RequestApproval")
  AskOutcome requestApproval(ApprovalRequest request, @Nullable Reserved reserved);

  /** Waits until the user has decided or the request has expired. */
  @ActivityMethod(name = AWAIT_DECISION)
  Decision awaitDecision(PendingApproval pending);
}
