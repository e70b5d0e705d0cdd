package dev.countersign.app.chat;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The steps of a conversation that look at the user's purchases and take them back. */
@ActivityInterface
public interface PurchaseToolActivities {

  /** Lists the user's purchases; returns the tool's result, a JSON object. */
  @ActivityMethod(name = "ListPurchases")
  String listPurchases(ListPurchases input);

  /**
   * Takes a purchase of the user's back, if it is pending; again: the same answer. What was not
   * done is told, not thrown.
   */
  @ActivityMethod(name = "CancelPurchase")
  Cancellation cancelPurchase(CancelPurchase input);
}
