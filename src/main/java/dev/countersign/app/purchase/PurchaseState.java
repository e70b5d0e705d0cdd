package dev.countersign.app.purchase;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as the API shows it. Times are ISO-8601 in UTC.
 *
 * @param id the workflow id
 * @param conversationId the conversation in which it was asked for; null: by {@code POST
 *     /api/purchases}
 * @param qty pieces
 * @param priceLimit highest total price; null: no limit
 * @param bindingMessage what the user's phone shows; null: not known yet
 * @param expiresAt until when the user can approve; null: not asked yet
 * @param decidedAt when the user's decision arrived; null: none yet
 * @param orderedAt when the shop took the order, or that became known; null: neither
 * @param endedAt when the purchase ended, or its unknown outcome was settled; null: it has not
 * @param result the shop's status text; null: not ordered
 * @param reason why there is no order, a sentence for the user; null: there is one, or not ended
 * @param code why there is no order (yet), for programs; stays the same where sentences change.
 *     While the user decides {@code authorization_pending}; at the end one of {@link
 *     dev.countersign.approval.ApprovalError}, or {@code cancelled}, {@code message_not_showable},
 *     {@code shop_refused}, {@code shop_unavailable}, {@code outcome_unknown}, {@code not_ordered},
 *     {@code approval_ended}, {@code internal_error}, {@code stopped} (from outside, by the
 *     operator); null: nothing is to be told
 * @param version rises with every change of what is shown here; null: not known
 */
public record PurchaseState(
    String id,
    @Nullable String conversationId,
    String product,
    int qty,
    @Nullable BigDecimal priceLimit,
    PurchaseStatus status,
    @Nullable String bindingMessage,
    Instant requestedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant decidedAt,
    @Nullable Instant orderedAt,
    @Nullable Instant endedAt,
    @Nullable String result,
    @Nullable String reason,
    @Nullable String code,
    @Nullable Integer version) {}
