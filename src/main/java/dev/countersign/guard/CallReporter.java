package dev.countersign.guard;

import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The workflow that started this call; one that is gone is no reason for it to fail. */
final class CallReporter {
  private static final Logger log = Workflow.getLogger(CallReporter.class);

  private final Snapshot snapshot;
  private final @Nullable CallingWorkflow workflow;

  CallReporter(Snapshot snapshot) {
    this.snapshot = snapshot;
    workflow =
        snapshot.startedBy() == null
            ? null
            : Workflow.newExternalWorkflowStub(CallingWorkflow.class, snapshot.startedBy());
  }

  void notice(String text) {
    tell(workflow -> workflow.callNotice(new CallNotice(snapshot.id(), text)));
  }

  void ended(CallEnd end) {
    tell(workflow -> workflow.callEnded(told(end, null)));
  }

  /** An unknown outcome, told before, has become clear. */
  void settled(CallEnd end) {
    tell(workflow -> workflow.callEnded(told(end, true)));
  }

  private CallEnded told(CallEnd end, @Nullable Boolean settled) {
    return new CallEnded(
        snapshot.id(),
        snapshot.tool(),
        snapshot.arguments(),
        snapshot.message(),
        end.status(),
        end.toolResult(),
        end.sentence(),
        settled);
  }

  private void tell(Consumer<CallingWorkflow> message) {
    if (workflow == null) {
      return;
    }
    try {
      message.accept(workflow);
    } catch (CanceledFailure e) {
      throw e;
    } catch (SignalExternalWorkflowException | TemporalFailure e) {
      log.warn("Whoever started this call could not be told: {}", e.getMessage());
    }
  }
}
