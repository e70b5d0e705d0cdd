package dev.countersign.lease;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * The lease of one process, for as long as it is there: while the process holds it, nothing
 * happens; when it lapses, another process takes over, unless the holder comes back before.
 */
@WorkflowInterface
public interface LeaseWorkflow {
  /** The workflow's type, as Temporal lists it. */
  String TYPE = "ProcessLease";

  /** Runs until the holder is gone and its work was taken over. */
  @WorkflowMethod(name = TYPE)
  void keep(LeaseInput input);

  /** The holder is there and wants a new term; none begins while a take-over goes on. */
  @SignalMethod(name = "want")
  void want();
}
