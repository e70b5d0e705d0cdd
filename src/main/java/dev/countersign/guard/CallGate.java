package dev.countersign.guard;

import org.jspecify.annotations.Nullable;

/**
 * Makes a call of what code calls directly: the user is asked, and the caller gets the method's
 * value if it is done soon enough, or an exception that says how it stands.
 */
public final class CallGate implements Gate {
  private final GuardedCalls calls;
  private final ApproverResolver approvers;

  /** A gate for all guarded methods. */
  public CallGate(GuardedCalls calls, ApproverResolver approvers) {
    this.calls = calls;
    this.approvers = approvers;
  }

  @Override
  public @Nullable Object called(GuardedMethod method, @Nullable Object[] arguments) {
    String id = calls.start(approvers.required(), method.name(), arguments);
    return switch (calls.answer(method.name(), id)) {
      case CallAnswer.Done(var state) -> KeptResult.read(method, state);
      case CallAnswer.Pending pending -> throw new ApprovalPendingException(pending);
      case CallAnswer.NotDone(var state) -> throw new CallNotDoneException(state);
    };
  }
}
