package dev.countersign.app.purchase;

import dev.countersign.approval.Approver;
import org.jspecify.annotations.Nullable;

/**
 * Input of {@link PurchaseWorkflow}.
 *
 * @param userID the {@code sub} of the user who asked, and who is asked to approve
 * @param conversationId workflow id of the {@link PurchaseListener} to tell; null: nobody
 * @param approver how the provider knows the user; null: by the {@code userID} alone
 */
public record PurchaseInput(
    String userID,
    Purchase purchase,
    @Nullable String conversationId,
    @Nullable Approver approver) {}
