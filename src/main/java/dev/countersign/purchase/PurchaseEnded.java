package dev.countersign.purchase;

/**
 * How a purchase ended.
 *
 * @param toolResult what the tool {@code shop_online} returns to the model: the shop's status text,
 *     {@code The user has denied the request}, or the failure's message
 * @param sentence for the user, said when no model can word it
 */
public record PurchaseEnded(
    String purchaseId,
    Purchase purchase,
    PurchaseStatus status,
    String toolResult,
    String sentence) {}
