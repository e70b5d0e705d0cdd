package dev.countersign.guard;

/** Where a call stands. The names live in histories and search attributes: never change one. */
public enum CallStatus {
  /** Frozen; the provider is being asked to ask the user. */
  REQUESTED,
  /** The user's device shows the question. */
  AWAITING_APPROVAL,
  /** The user said yes, and the method runs; can't be cancelled any more. */
  RUNNING,
  /** The method has returned. */
  DONE,
  /** The user said no. */
  DENIED,
  /** No approval arrived in time. */
  EXPIRED,
  /** The identity provider or the method says that this can't be. */
  REJECTED,
  /** Taken back. */
  CANCELLED,
  /** Given up after retries; certainly not done. */
  FAILED,
  /** Given up after a run whose outcome is unknown; an operator may settle it yet. */
  OUTCOME_UNKNOWN;

  /** Whether nothing comes after this status by itself; its user has been told. */
  public boolean isEnd() {
    return switch (this) {
      case REQUESTED, AWAITING_APPROVAL, RUNNING -> false;
      case DONE, DENIED, EXPIRED, REJECTED, CANCELLED, FAILED, OUTCOME_UNKNOWN -> true;
    };
  }

  /** Whether nothing at all comes after this status. */
  public boolean isFinal() {
    return isEnd() && this != OUTCOME_UNKNOWN;
  }
}
