package dev.countersign.guard;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one user that nothing names, a key or a model's call id: an equal one that pends is
 * the same call. Open while there are any.
 */
@WorkflowInterface
public interface UserCallsWorkflow extends CallingWorkflow {
  /** Type of the workflow, as in histories. */
  String TYPE = "UserCalls";

  /**
   * Runs until no call pends.
   *
   * @param pending ids of the calls that pend already, by their likeness
   */
  @WorkflowMethod(name = TYPE)
  void keep(Map<String, String> pending);

  /**
   * Starts a call, if no call like it pends.
   *
   * @return the id of the call that pends
   */
  @UpdateMethod(name = "begin")
  String begin(UserCall call);

  /** The id of the call that pends of a likeness; null: none does. */
  @QueryMethod(name = "pending")
  @Nullable String pending(String likeness);

  /** A call was found to have ended. */
  @SignalMethod(name = "forget")
  void forget(String callId);

  /**
   * A call that nothing names.
   *
   * @param likeness the same of calls that ask the same
   */
  record UserCall(String likeness, FrozenCall call) {}
}
