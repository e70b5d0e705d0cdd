package dev.countersign.purchase;

import java.time.Instant;
import java.util.Set;

/**
 * A purchase whose workflow was ended from outside, by Temporal's terminate or a time limit: what
 * it said last is not where it stands, and it has told nobody.
 */
final class StoppedPurchase {
  /** Where such a purchase may stand, if it didn't stand at an end already. */
  static final Set<PurchaseStatus> STATUSES =
      Set.of(PurchaseStatus.FAILED, PurchaseStatus.OUTCOME_UNKNOWN);

  private static final String NOT_ORDERED =
      "The purchase was stopped from outside before it was ordered. Nothing was ordered.";
  private static final String UNKNOWN =
      "The purchase was stopped from outside while it was being ordered, so it is unknown whether"
          + " the order was placed. Please check with the shop before you buy again.";

  private StoppedPurchase() {}

  /**
   * Where it stands.
   *
   * @param last what it said of itself
   */
  static PurchaseState of(PurchaseState last, Instant stoppedAt) {
    return switch (last.status()) {
      case REQUESTED, AWAITING_APPROVAL, APPROVED ->
          ended(last, stoppedAt, PurchaseStatus.FAILED, NOT_ORDERED, "stopped");
      case ORDERING ->
          ended(last, stoppedAt, PurchaseStatus.OUTCOME_UNKNOWN, UNKNOWN, "outcome_unknown");
      case ORDERED, DENIED, EXPIRED, REJECTED, CANCELLED, FAILED, OUTCOME_UNKNOWN -> last;
    };
  }

  private static PurchaseState ended(
      PurchaseState last, Instant at, PurchaseStatus status, String reason, String code) {
    Integer version = last.version();
    return new PurchaseState(
        last.id(),
        last.conversationId(),
        last.product(),
        last.qty(),
        last.priceLimit(),
        status,
        last.bindingMessage(),
        last.requestedAt(),
        last.expiresAt(),
        last.decidedAt(),
        null,
        at,
        null,
        reason,
        code,
        version == null ? null : version + 1);
  }
}
