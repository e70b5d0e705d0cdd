package dev.countersign.guard;

import org.jspecify.annotations.Nullable;

/**
 * A guarded method was called, and goes on without its caller: its user is asked, and what it does
 * is done after a yes. The message says how far it is, to a model or a person.
 */
public final class ApprovalPendingException extends RuntimeException {
  private final String callId;

  /**
   * Says how far it is.
   *
   * @param state null: that can't be known right now
   */
  ApprovalPendingException(String callId, @Nullable CallState state) {
    super(words(state));
    this.callId = callId;
  }

  private static String words(@Nullable CallState state) {
    if (state == null) {
      return "The user is going to be asked to approve this on their device. It goes on by itself;"
          + " don't call it again.";
    }
    return switch (state.status()) {
      case RUNNING ->
          "The user has approved \""
              + state.message()
              + "\", and it is being done right now; don't call it again.";
      case AWAITING_APPROVAL ->
          "The user has been asked to approve this on their device: \""
              + state.message()
              + "\". It has not been done; it will be done once they approve, without another call.";
      default ->
          "The user is being asked to approve this on their device: \""
              + state.message()
              + "\". It has not been done; it will be done once they approve, without another call.";
    };
  }

  /** Names the call in {@link GuardedCalls}. */
  public String callId() {
    return callId;
  }
}
