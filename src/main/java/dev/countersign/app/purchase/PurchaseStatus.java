package dev.countersign.app.purchase;

import dev.countersign.guard.CallStatus;
import java.util.Arrays;

/** Where a purchase stands, as the API calls it. */
public enum PurchaseStatus {
  /** Accepted; the provider is being asked to ask the user. */
  REQUESTED,
  /** The user's phone shows the question. */
  AWAITING_APPROVAL,
  /** The user said yes, and the shop is being told; can't be cancelled any more. */
  ORDERING,
  /** The shop took the order. */
  ORDERED,
  /** The user said no. */
  DENIED,
  /** No approval arrived in time. */
  EXPIRED,
  /** The identity provider or the shop says that this can't be. */
  REJECTED,
  /** The user took it back. */
  CANCELLED,
  /** Given up after retries. */
  FAILED,
  /** Given up after an attempt to order whose answer is unknown; an operator may settle it yet. */
  OUTCOME_UNKNOWN;

  /** What a call of {@code shop_online} is called. */
  static PurchaseStatus of(CallStatus status) {
    return switch (status) {
      case RUNNING -> ORDERING;
      case DONE -> ORDERED;
      case REQUESTED,
          AWAITING_APPROVAL,
          DENIED,
          EXPIRED,
          REJECTED,
          CANCELLED,
          FAILED,
          OUTCOME_UNKNOWN ->
          valueOf(status.name());
    };
  }

  /** As a call has it. */
  CallStatus ofCall() {
    return Arrays.stream(CallStatus.values())
        .filter(status -> of(status) == this)
        .findAny()
        .orElseThrow();
  }

  /** Whether nothing comes after this status by itself; its user has been told. */
  public boolean isEnd() {
    return switch (this) {
      case REQUESTED, AWAITING_APPROVAL, ORDERING -> false;
      case ORDERED, DENIED, EXPIRED, REJECTED, CANCELLED, FAILED, OUTCOME_UNKNOWN -> true;
    };
  }
}
