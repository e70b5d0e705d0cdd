package dev.countersign.purchase;

import dev.countersign.vault.Sealed;

/**
 * Input of {@link PurchaseActivities#placeOrder}.
 *
 * @param token the approved access token, sealed for the workflow
 */
public record PlaceOrder(Purchase purchase, Sealed token) {}
