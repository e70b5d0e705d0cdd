package dev.countersign.guard;

import dev.countersign.workflow.Signals;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The workflow that started this call; one that is gone is no reason for it to fail. A signal takes
 * two events and a workflow task: the end is told so only to one that doesn't get it as what its
 * child returns, or gets that late.
 */
final class CallReporter {
  private static final Logger log = Workflow.getLogger(CallReporter.class);

  private final Snapshot snapshot;
  private final @Nullable CallingWorkflow workflow;
  private boolean endReturned;
  private boolean endTold;

  CallReporter(Snapshot snapshot) {
    this.snapshot = snapshot;
    Optional<String> parent = Workflow.getInfo().getParentWorkflowId();
    String told =
        snapshot.startedBy() == null && Boolean.TRUE.equals(snapshot.endReturned())
            ? parent.orElse(null)
            : snapshot.startedBy();
    workflow = told == null ? null : Workflow.newExternalWorkflowStub(CallingWorkflow.class, told);
    endReturned =
        Boolean.TRUE.equals(snapshot.endReturned())
            && parent.filter(id -> id.equals(told)).isPresent();
  }

  /** For whoever reads what that workflow says; none but a named one is read. */
  void notice(String text) {
    if (snapshot.startedBy() != null) {
      tell(workflow -> workflow.callNotice(new CallNotice(snapshot.id(), text)));
    }
  }

  /** The run that would get what this returns is over. */
  void goesOnElsewhere() {
    endReturned = false;
  }

  /**
   * The call has ended.
   *
   * @param call as it stands now
   * @param returnsNow false: the workflow goes on for something else
   */
  void ended(CallState call, boolean returnsNow) {
    if (!endTold && !(returnsNow && endReturned)) {
      endTold = true;
      tell(workflow -> workflow.callEnded(CallEnded.of(call)));
    }
  }

  /** An unknown outcome, told before, has become clear. */
  void settled(CallState call) {
    tell(workflow -> workflow.callEnded(CallEnded.of(call, true)));
  }

  private void tell(Consumer<CallingWorkflow> message) {
    CallingWorkflow told = workflow;
    if (told != null && !Signals.send(() -> message.accept(told))) {
      log.warn("Whoever started this call could not be told");
    }
  }
}
