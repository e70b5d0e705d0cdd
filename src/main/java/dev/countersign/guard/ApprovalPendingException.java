package dev.countersign.guard;

/**
 * A guarded method was called, and its user has been asked: what it does will be done after a yes,
 * and has not been done yet. The message says so, to a model or a person; the call goes on without
 * its caller.
 */
public final class ApprovalPendingException extends RuntimeException {
  private final String callId;

  ApprovalPendingException(CallState state) {
    super(
        "The user has been asked to approve this on their device: \""
            + state.message()
            + "\". It has not been done; it will be done once they approve, without another call.");
    this.callId = state.id();
  }

  /** Names the call in {@link GuardedCalls}. */
  public String callId() {
    return callId;
  }
}
