package dev.countersign.purchase;

import dev.countersign.approval.ApprovalRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the settings say of one purchase, read once when it starts and kept in its history: a change
 * of settings changes no purchase under way.
 *
 * @param approval what the user is asked; its message is empty if nobody is asked
 * @param shopCallTimeout longest time that one order request may take
 * @param shopIsIdempotent whether the shop orders once for one {@code Idempotency-Key}
 * @param orderingPatience how long to go on when the shop can't be reached or says no definite word
 * @param rejection why nobody is asked, a sentence without its stop; null: the user is asked
 */
public record PurchaseTerms(
    ApprovalRequest approval,
    Duration shopCallTimeout,
    boolean shopIsIdempotent,
    Duration orderingPatience,
    @Nullable String rejection) {}
