package dev.countersign.guard;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** One call of a guarded method, from the question on the user's device to what came of it. */
@WorkflowInterface
public interface GuardedCallWorkflow {
  /** Type of the workflow, as in histories. */
  String TYPE = "GuardedCall";

  /** Runs the call to its end; never fails for anything that a user, provider or method can do. */
  @WorkflowMethod(name = TYPE)
  CallState call(FrozenCall call);

  /** Where the call stands. */
  @QueryMethod(name = "state")
  CallState state();

  /**
   * An operator says what became of a run whose outcome is unknown; counts once, and only while the
   * status is {@link CallStatus#OUTCOME_UNKNOWN}.
   *
   * @param settlement null: the signal came without input, and counts for nothing
   */
  @SignalMethod(name = "settle")
  void settle(@Nullable CallSettlement settlement);

  /**
   * Whoever started this call as a child goes on in another run, which Temporal doesn't tell how
   * its children end: it is told by {@link CallingWorkflow#callEnded} from now on.
   */
  @SignalMethod(name = "reportEnd")
  void reportEnd();

  /** Takes the call back; returns when it has ended. Again: the same answer. */
  @UpdateMethod(name = "cancel")
  CallState cancel();

  /** Refuses from {@link CallStatus#RUNNING} on. */
  @UpdateValidatorMethod(updateName = "cancel")
  void validateCancel();
}
