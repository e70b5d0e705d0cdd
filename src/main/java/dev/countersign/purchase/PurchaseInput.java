package dev.countersign.purchase;

import org.jspecify.annotations.Nullable;

/**
 * Input of {@link PurchaseWorkflow}.
 *
 * @param userID the {@code sub} of the user who asked, and who is asked to approve
 * @param conversationId workflow id of the {@link PurchaseListener} to tell; null: nobody
 */
public record PurchaseInput(String userID, Purchase purchase, @Nullable String conversationId) {}
