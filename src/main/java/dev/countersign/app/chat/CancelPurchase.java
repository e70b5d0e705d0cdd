package dev.countersign.app.chat;

import java.util.List;

/**
 * Input of {@link PurchaseToolActivities#cancelPurchase}.
 *
 * @param userID the {@code sub} of the user whose purchases are meant
 * @param conversationId who is told of the outcome of its own purchases
 * @param purchaseIds the newest of this conversation, which Temporal's list may not know yet
 * @param purchase reference or id, as the model wrote it
 */
public record CancelPurchase(
    String userID, String conversationId, List<String> purchaseIds, String purchase) {
  public CancelPurchase {
    purchaseIds = Lists.orNone(purchaseIds);
  }
}
