package dev.countersign.guard;

import java.util.Optional;
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
    Optional<CallUser> user = approvers.current();
    if (user.isEmpty()) {
      throw new CallNotDoneException(
          "Nobody is signed in who could approve this, so that nothing was done.");
    }
    CallState state =
        calls.await(calls.start(user.get(), method.name(), arguments), calls.await(method.name()));
    if (state.status() == CallStatus.DONE) {
      return KeptResult.read(state.result(), method.method().getGenericReturnType());
    }
    throw state.status().isEnd()
        ? new CallNotDoneException(state)
        : new ApprovalPendingException(state);
  }
}
