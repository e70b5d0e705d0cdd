package dev.countersign.app.purchase;

import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a purchase stands whose workflow was ended from outside, by Temporal's terminate or a time
 * limit: it has told nobody.
 *
 * @param reason a sentence for the user; null: it had ended by itself before
 * @param code as in {@link PurchaseState}; null: it had ended by itself before
 */
record StoppedPurchase(PurchaseStatus status, @Nullable String reason, @Nullable String code) {
  /** Where such a purchase may stand, if it didn't stand at an end already. */
  static final Set<PurchaseStatus> STATUSES =
      Set.of(PurchaseStatus.FAILED, PurchaseStatus.OUTCOME_UNKNOWN);

  private static final StoppedPurchase NOT_ORDERED =
      new StoppedPurchase(
          PurchaseStatus.FAILED,
          "The purchase was stopped from outside before it was ordered. Nothing was ordered.",
          "stopped");
  private static final StoppedPurchase UNKNOWN =
      new StoppedPurchase(
          PurchaseStatus.OUTCOME_UNKNOWN,
          "The purchase was stopped from outside when an order may have been sent, so it is"
              + " unknown whether it was placed. Please check with the shop before you buy again.",
          "outcome_unknown");

  /** It was waiting for an operator to find out. */
  private static final StoppedPurchase UNSETTLED =
      new StoppedPurchase(
          PurchaseStatus.OUTCOME_UNKNOWN,
          "It is unknown whether the order was placed. Please check with the shop before you buy"
              + " again.",
          "outcome_unknown");

  /**
   * One that stood there last.
   *
   * @param ordered whether an attempt to order it was begun: its user may be asked once more since
   */
  static StoppedPurchase at(PurchaseStatus last, BooleanSupplier ordered) {
    return switch (last) {
      case REQUESTED, AWAITING_APPROVAL, APPROVED -> ordered.getAsBoolean() ? UNKNOWN : NOT_ORDERED;
      case ORDERING -> UNKNOWN;
      case OUTCOME_UNKNOWN -> UNSETTLED;
      case ORDERED, DENIED, EXPIRED, REJECTED, CANCELLED, FAILED ->
          new StoppedPurchase(last, null, null);
    };
  }
}
