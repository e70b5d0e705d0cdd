package dev.countersign.app.purchase;

import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The workflow that asked for this purchase; one that is gone is no reason for it to fail. */
final class Asker {
  private static final Logger log = Workflow.getLogger(Asker.class);

  private final @Nullable PurchaseListener listener;

  Asker(@Nullable String workflowId) {
    listener =
        workflowId == null
            ? null
            : Workflow.newExternalWorkflowStub(PurchaseListener.class, workflowId);
  }

  void notice(String text) {
    tell(asker -> asker.purchaseNotice(new PurchaseNotice(id(), text)));
  }

  void ended(Purchase purchase, Outcome outcome) {
    tell(asker -> asker.purchaseEnded(end(purchase, outcome, null)));
  }

  /** An unknown outcome, told before, has become clear. */
  void settled(Purchase purchase, Outcome outcome) {
    tell(asker -> asker.purchaseEnded(end(purchase, outcome, true)));
  }

  private static PurchaseEnded end(Purchase purchase, Outcome outcome, @Nullable Boolean settled) {
    return new PurchaseEnded(
        id(), purchase, outcome.status(), outcome.toolResult(), outcome.sentence(), settled);
  }

  private void tell(Consumer<PurchaseListener> message) {
    if (listener == null) {
      return;
    }
    try {
      message.accept(listener);
    } catch (CanceledFailure e) {
      throw e;
    } catch (SignalExternalWorkflowException | TemporalFailure e) {
      log.warn("Whoever asked for this purchase could not be told: {}", e.getMessage());
    }
  }

  private static String id() {
    return Workflow.getInfo().getWorkflowId();
  }
}
