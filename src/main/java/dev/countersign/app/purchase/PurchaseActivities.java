package dev.countersign.app.purchase;

import dev.countersign.app.shop.LookUpAnswer;
import dev.countersign.app.shop.OrderAnswer;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a purchase needs of the world outside its workflow, beside the approval. */
@ActivityInterface
public interface PurchaseActivities {
  /** Type of {@link #placeOrder}, as in histories. */
  String PLACE_ORDER = "PlaceOrder";

  /** What the settings say of this purchase; a local activity. */
  @ActivityMethod(name = "PurchaseTerms")
  PurchaseTerms terms(PurchaseInput input);

  /** Posts the order to the shop once, under the workflow's id as {@code Idempotency-Key}. */
  @ActivityMethod(name = PLACE_ORDER)
  OrderAnswer placeOrder(PlaceOrder order);

  /** Asks the shop once whether it has that order. */
  @ActivityMethod(name = "LookUpOrder")
  LookUpAnswer lookUpOrder(PlaceOrder order);
}
