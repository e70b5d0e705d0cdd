/**
 * A purchase, from the question on the user's phone to the order, or to the reason why there is
 * none. Start at {@code PurchaseWorkflowImpl} for the story and at {@code PurchaseController} for
 * the API. Knows nothing of chats: whoever asked for a purchase is told by {@link
 * dev.countersign.app.purchase.PurchaseListener}.
 */
@NullMarked
package dev.countersign.app.purchase;

import org.jspecify.annotations.NullMarked;
