package dev.countersign.guard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a call of what code calls directly: the user is asked, and the caller gets the method's
 * value if it is done soon enough, or an exception that says how it stands.
 */
public final class CallGate implements Gate {
  private static final Logger log = LoggerFactory.getLogger(CallGate.class);

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
    String id = calls.start(user.get(), method.name(), arguments);
    CallState state;
    try {
      state = calls.await(id, calls.await(method.name()));
    } catch (RuntimeException e) { // it was started, and goes on
      log.warn("Nobody knows right now how far {} is: {}", id, e.toString());
      throw new ApprovalPendingException(id, null);
    }
    if (state.status() == CallStatus.DONE) {
      return KeptResult.read(method, state);
    }
    throw state.status().isEnd()
        ? new CallNotDoneException(state)
        : new ApprovalPendingException(id, state);
  }
}
