package dev.countersign.guard;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;

/** A workflow that has started calls and is told what becomes of them. */
@WorkflowInterface
public interface CallingWorkflow {

  /** Something to tell the user before it happens: the device is about to ring again. */
  @SignalMethod(name = "callNotice")
  void callNotice(CallNotice notice);

  /**
   * A call has ended; sent once, but delivered at least once: keep to the first. An unknown outcome
   * that has become clear is sent likewise, as {@link CallEnded#isSettled}.
   */
  @SignalMethod(name = "callEnded")
  void callEnded(CallEnded ended);
}
