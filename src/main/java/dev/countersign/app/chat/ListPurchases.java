package dev.countersign.app.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Input of {@link PurchaseToolActivities#listPurchases}.
 *
 * @param userID the {@code sub} of the user whose purchases are meant
 * @param purchaseIds the newest of this conversation, which Temporal's list may not know yet
 * @param status word of a {@link PurchaseFilter}; null: all
 */
public record ListPurchases(String userID, List<String> purchaseIds, @Nullable String status) {
  public ListPurchases {
    purchaseIds = Lists.orNone(purchaseIds);
  }
}
