package dev.countersign.app.purchase;

/**
 * A sentence about a purchase that goes on.
 *
 * @param text for the user, as it stands
 */
public record PurchaseNotice(String purchaseId, String text) {}
