package dev.countersign.guard;

/**
 * A guarded method was called, and goes on without its caller: its user is asked, and what it does
 * is done after a yes. The message says how far it is, to a model; {@link #sentence} to the user.
 */
public final class ApprovalPendingException extends RuntimeException {
  private final String callId;
  private final String sentence;

  ApprovalPendingException(CallAnswer.Pending pending) {
    super(pending.words());
    this.callId = pending.callId();
    this.sentence = pending.sentence();
  }

  /** Names the call in {@link GuardedCalls}. */
  public String callId() {
    return callId;
  }

  /** How far it is, to the user. */
  public String sentence() {
    return sentence;
  }
}
