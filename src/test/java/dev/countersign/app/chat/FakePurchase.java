package dev.countersign.app.chat;

import dev.countersign.app.purchase.PurchaseEnded;
import dev.countersign.app.purchase.PurchaseInput;
import dev.countersign.app.purchase.PurchaseListener;
import dev.countersign.app.purchase.PurchaseNotice;
import dev.countersign.app.purchase.PurchaseState;
import dev.countersign.app.purchase.PurchaseStatus;
import dev.countersign.app.purchase.PurchaseWorkflow;
import dev.countersign.app.purchase.Settlement;
import dev.countersign.approval.ApprovalAttributes;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A purchase that becomes what a test says, and tells the conversation as the real one does. */
public class FakePurchase implements PurchaseWorkflow, PurchaseFate {

  private final PurchaseInput input;
  private final List<String> notices = new ArrayList<>();
  private final Instant requestedAt;
  private @Nullable PurchaseEnded ended;
  private @Nullable Instant endedAt;
  private PurchaseStatus pending = PurchaseStatus.AWAITING_APPROVAL;
  private boolean failed;
  private int times;

  @WorkflowInit
  public FakePurchase(PurchaseInput input) {
    this.input = input;
    requestedAt = Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  @Override
  public PurchaseState buy(PurchaseInput input) {
    PurchaseListener listener =
        Workflow.newExternalWorkflowStub(
            PurchaseListener.class, String.valueOf(input.conversationId()));
    while (ended == null) {
      Workflow.await(() -> failed || ended != null || !notices.isEmpty());
      if (failed) {
        throw ApplicationFailure.newNonRetryableFailure("By the test", "Scripted");
      }
      while (!notices.isEmpty()) {
        listener.purchaseNotice(
            new PurchaseNotice(Workflow.getInfo().getWorkflowId(), notices.removeFirst()));
      }
    }
    for (int i = 0; i < times; i++) {
      listener.purchaseEnded(ended);
    }
    return state();
  }

  @Override
  public void notice(String text) {
    notices.add(text);
  }

  @Override
  public void order() {
    pending = PurchaseStatus.ORDERING;
    Workflow.upsertTypedSearchAttributes(ApprovalAttributes.STATUS.valueSet(pending.name()));
  }

  @Override
  public void fail() {
    failed = true;
  }

  @Override
  public void end(PurchaseStatus status, String toolResult, String sentence, int times) {
    this.times = times;
    endedAt = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    ended =
        new PurchaseEnded(
            Workflow.getInfo().getWorkflowId(), input.purchase(), status, toolResult, sentence);
  }

  @Override
  public PurchaseState state() {
    return new PurchaseState(
        Workflow.getInfo().getWorkflowId(),
        input.conversationId(),
        input.purchase().product(),
        input.purchase().qty(),
        input.purchase().priceLimit(),
        ended == null ? pending : ended.status(),
        null,
        requestedAt,
        null,
        null,
        null,
        endedAt,
        ended == null ? null : ended.toolResult(),
        null,
        null,
        ended == null ? 1 : 2);
  }

  @Override
  public void settle(@Nullable Settlement settlement) {
    throw new IllegalStateException("Nobody settles");
  }

  @Override
  public PurchaseState cancel() {
    if (ended == null) {
      String sentence = "The purchase was cancelled; nothing was ordered.";
      end(PurchaseStatus.CANCELLED, sentence, sentence, 1);
    }
    return state();
  }

  @Override
  public void validateCancel() {
    PurchaseStatus status = ended == null ? pending : ended.status();
    if (status != PurchaseStatus.AWAITING_APPROVAL && status != PurchaseStatus.CANCELLED) {
      throw new IllegalStateException("Too late");
    }
  }
}
