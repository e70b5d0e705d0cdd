package dev.countersign.guard;

/**
 * A guarded method was called and <b>is done</b>, but its value can't be given back: it is too
 * large to be kept, or can't be read. Don't call it again.
 */
public final class CallDoneException extends RuntimeException {
  private final String callId;

  CallDoneException(CallState state) {
    super(
        "This is done: \""
            + state.message()
            + "\". Its result could not be kept, so don't ask for it again.");
    this.callId = state.id();
  }

  /** Names the call in {@link GuardedCalls}. */
  public String callId() {
    return callId;
  }
}
