package dev.countersign.chat;

import dev.countersign.approval.Approver;
import dev.countersign.chat.ToolCall.BuyCall;
import dev.countersign.chat.ToolCall.CancelCall;
import dev.countersign.chat.ToolCall.InvalidCall;
import dev.countersign.chat.ToolCall.ListCall;
import dev.countersign.purchase.Purchase;
import dev.countersign.purchase.PurchaseInput;
import dev.countersign.purchase.PurchaseStart;
import dev.countersign.purchase.PurchaseWorkflow;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Runs the tool calls of a conversation, in workflow code. */
final class ToolRuns {
  private static final Logger log = Workflow.getLogger(ToolRuns.class);

  private final PurchaseToolActivities purchases =
      Workflow.newActivityStub(PurchaseToolActivities.class, PurchaseToolOptions.lookAndCancel());
  private final String userID;
  private final Conversation conversation;

  ToolRuns(String userID, Conversation conversation) {
    this.userID = userID;
    this.conversation = conversation;
  }

  /**
   * Runs a call.
   *
   * @param approver who is to approve what is bought
   * @param effects what was done is added to it
   * @return what the model is told
   */
  String run(ToolCall call, @Nullable Approver approver, TurnEffects effects) {
    return switch (call) {
      case BuyCall(_, var purchase) -> buy(purchase, approver, effects);
      case ListCall(_, var status) -> list(status);
      case CancelCall(_, var purchase) -> cancel(purchase, effects);
      case InvalidCall invalid -> invalid.problem();
    };
  }

  private String buy(Purchase purchase, @Nullable Approver approver, TurnEffects effects) {
    String id = conversation.nextPurchaseId();
    var input = new PurchaseInput(userID, purchase, Workflow.getInfo().getWorkflowId(), approver);
    PurchaseWorkflow child =
        Workflow.newChildWorkflowStub(PurchaseWorkflow.class, PurchaseStart.byWorkflow(id, input));
    Async.function(child::buy, input); // its end is told by signal
    try {
      Workflow.getWorkflowExecution(child).get(); // it must be there before we speak of it
    } catch (ChildWorkflowFailure e) {
      log.warn("Purchase {} was not started", id, e);
      return Sentences.notStarted(purchase);
    }
    conversation.purchaseStarted(id);
    effects.started(purchase);
    return Sentences.approvalRequested(purchase);
  }

  private String list(@Nullable String status) {
    try {
      return purchases.listPurchases(
          new ListPurchases(userID, conversation.newestPurchaseIds(), status));
    } catch (ActivityFailure e) {
      throwIfCancelled(e);
      log.warn("Purchases could not be listed", e);
      return Sentences.NOT_LISTED;
    }
  }

  private String cancel(String purchase, TurnEffects effects) {
    try {
      Cancellation cancellation =
          purchases.cancelPurchase(
              new CancelPurchase(
                  userID,
                  Workflow.getInfo().getWorkflowId(),
                  conversation.newestPurchaseIds(),
                  purchase));
      if (cancellation.cancelled() != null) {
        effects.cancelled(cancellation.cancelled());
      }
      return cancellation.toolResult();
    } catch (ActivityFailure e) {
      throwIfCancelled(e);
      log.warn("It is unknown whether a purchase was cancelled", e);
      return Sentences.CANCEL_UNKNOWN;
    }
  }

  private static void throwIfCancelled(ActivityFailure e) {
    if (e.getCause() instanceof CanceledFailure) {
      throw e;
    }
  }
}
