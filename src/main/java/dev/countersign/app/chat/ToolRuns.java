package dev.countersign.app.chat;

import dev.countersign.app.chat.ToolCall.BuyCall;
import dev.countersign.app.chat.ToolCall.CancelCall;
import dev.countersign.app.chat.ToolCall.InvalidCall;
import dev.countersign.app.chat.ToolCall.ListCall;
import dev.countersign.app.purchase.Purchase;
import dev.countersign.app.purchase.PurchaseEnded;
import dev.countersign.app.purchase.PurchaseInput;
import dev.countersign.app.purchase.PurchaseStart;
import dev.countersign.app.purchase.PurchaseState;
import dev.countersign.app.purchase.PurchaseWorkflow;
import dev.countersign.approval.Approver;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Runs the tool calls of a conversation, in workflow code. */
final class ToolRuns {
  private static final Logger log = Workflow.getLogger(ToolRuns.class);

  /** Of runs that began before: a purchase saw within about 0.1 s that it can't be asked for. */
  private static final Duration EARLY = Duration.ofMillis(500);

  private final PurchaseToolActivities purchases =
      Workflow.newActivityStub(PurchaseToolActivities.class, PurchaseToolOptions.lookAndCancel());
  private final String userID;
  private final Conversation conversation;

  ToolRuns(String userID, Conversation conversation) {
    this.userID = userID;
    this.conversation = conversation;
  }

  /** A purchase that was started by one of a reply's calls. */
  private record Started(int call, String id, Purchase purchase) {}

  /**
   * Runs the calls of a reply, one after the other.
   *
   * @param approver who is to approve what is bought
   * @param effects what was done is added to it
   * @return what the model is told, for each call
   */
  List<String> run(List<ToolCall> calls, @Nullable Approver approver, TurnEffects effects) {
    List<String> results = new ArrayList<>();
    List<Started> started = new ArrayList<>();
    for (ToolCall call : calls) {
      int before = conversation.purchaseCount();
      results.add(run(call, approver, effects));
      if (call instanceof BuyCall(_, var purchase) && conversation.purchaseCount() > before) {
        started.add(new Started(results.size() - 1, conversation.newestPurchaseId(), purchase));
      }
    }
    if (!started.isEmpty()) {
      tellEarlyRejections(started, results, effects);
    }
    return results;
  }

  /** Of runs that began before: one that couldn't be asked for at all ended at once. */
  private void tellEarlyRejections(
      List<Started> started, List<String> results, TurnEffects effects) {
    // 2: a call of what can't be asked for is refused when it is checked, so that nothing begins
    if (Workflow.getVersion("early-rejection", Workflow.DEFAULT_VERSION, 2) != 1) {
      return;
    }
    Workflow.await(
        EARLY, () -> started.stream().allMatch(purchase -> conversation.hasEnded(purchase.id())));
    for (Started purchase : started) {
      PurchaseEnded rejection = conversation.takeRejection(purchase.id());
      if (rejection != null) {
        results.set(purchase.call(), rejection.toolResult());
        effects.rejected(purchase.purchase(), rejection.sentence());
      }
    }
  }

  private String run(ToolCall call, @Nullable Approver approver, TurnEffects effects) {
    return switch (call) {
      case BuyCall(_, var purchase) -> buy(purchase, approver, effects);
      case ListCall(_, var status) -> list(status);
      case CancelCall(_, var purchase) -> cancel(purchase, effects);
      case InvalidCall(_, _, _, var problem, var sentence) -> {
        if (sentence != null) {
          effects.rejected(sentence);
        }
        yield problem;
      }
    };
  }

  private String buy(Purchase purchase, @Nullable Approver approver, TurnEffects effects) {
    String id = conversation.nextPurchaseId();
    var input = new PurchaseInput(userID, purchase, Workflow.getInfo().getWorkflowId(), approver);
    PurchaseWorkflow child =
        Workflow.newChildWorkflowStub(PurchaseWorkflow.class, PurchaseStart.byWorkflow(id, input));
    Promise<PurchaseState> end = Async.function(child::buy, input); // is told by signal
    try {
      Workflow.getWorkflowExecution(child).get(); // it must be there before we speak of it
    } catch (ChildWorkflowFailure e) {
      log.warn("Purchase {} was not started", id, e);
      return Sentences.notStarted(purchase);
    }
    conversation.purchaseStarted(id);
    tellIfStopped(id, purchase, end);
    effects.started(purchase);
    return Sentences.approvalRequested(purchase);
  }

  /** One that is ended from outside sends no signal. A later run of the conversation isn't told. */
  private void tellIfStopped(String id, Purchase purchase, Promise<PurchaseState> end) {
    if (Workflow.getVersion("stopped-purchase", Workflow.DEFAULT_VERSION, 1) < 1) {
      return;
    }
    end.exceptionally(failure -> {
      log.warn("Purchase {} was stopped from outside", id, failure);
      conversation.hear(Sentences.stopped(id, purchase));
      return null;
    });
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
