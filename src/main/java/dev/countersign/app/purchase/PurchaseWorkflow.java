package dev.countersign.app.purchase;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** One purchase, from the question on the user's phone to the order, or to why there is none. */
@WorkflowInterface
public interface PurchaseWorkflow {
  /**
   * Runs the purchase to its end; never fails for anything that a user, provider or shop can do.
   */
  @WorkflowMethod(name = "Purchase")
  PurchaseState buy(PurchaseInput input);

  /** Where the purchase stands. */
  @QueryMethod(name = "state")
  PurchaseState state();

  /**
   * An operator says what became of an order whose outcome is unknown; counts once, and only while
   * the status is {@link PurchaseStatus#OUTCOME_UNKNOWN}.
   *
   * @param settlement null: the signal came without input, and counts for nothing
   */
  @SignalMethod(name = "settle")
  void settle(@Nullable Settlement settlement);

  /** Takes the purchase back; returns when it has ended. Again: the same answer. */
  @UpdateMethod(name = "cancel")
  PurchaseState cancel();

  /** Refuses from {@link PurchaseStatus#ORDERING} on. */
  @UpdateValidatorMethod(updateName = "cancel")
  void validateCancel();
}
