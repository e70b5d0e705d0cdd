package dev.countersign.app.purchase;

import dev.countersign.approval.ApprovalRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the settings say of one purchase, read once when it starts and kept in its history: a change
 * of settings changes no purchase under way. New components must be nullable, and null must mean
 * what was done before there were any.
 *
 * @param approval what the user is asked; its message is empty if nobody is asked
 * @param shopCallTimeout longest time that one order request may take
 * @param shopIsIdempotent whether the shop orders once for one {@code Idempotency-Key}
 * @param orderingPatience how long to go on when the shop can't be reached or says no definite word
 * @param rejection why nobody is asked, a sentence without its stop; null: the user is asked
 * @param askAgainWhenTokenEnds whether the user is asked once more when the approved token ends
 *     before the shop took the order; null: no
 * @param longestOrderingDelay longest pause between two attempts to order; null: 30 s
 * @param lookUpNotFoundAfter how long after an order was sent it counts that the shop has no such
 *     order; null: orders are not looked up
 * @param settleWithin how long an operator can settle an unknown outcome; null: not at all
 */
public record PurchaseTerms(
    ApprovalRequest approval,
    Duration shopCallTimeout,
    boolean shopIsIdempotent,
    Duration orderingPatience,
    @Nullable String rejection,
    @Nullable Boolean askAgainWhenTokenEnds,
    @Nullable Duration longestOrderingDelay,
    @Nullable Duration lookUpNotFoundAfter,
    @Nullable Duration settleWithin) {}
