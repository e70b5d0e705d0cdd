package dev.countersign.app.purchase;

import dev.countersign.workflow.Backoff;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an approved purchase is ordered.
 *
 * @param callTimeout longest time that one call of the shop may take
 * @param shopIsIdempotent whether the shop orders once for one {@code Idempotency-Key}
 * @param patience how long to go on when the shop can't be reached or says no definite word
 * @param askAgainWhenTokenEnds whether the user is asked once more when the approved token ends
 *     before the shop took the order
 * @param lookUpNotFoundAfter how long after an order was sent it counts that the shop has no such
 *     order; null: orders can't be looked up there
 * @param settleWithin how long an operator can settle an unknown outcome; 0: not at all
 */
public record OrderingSettings(
    Duration callTimeout,
    boolean shopIsIdempotent,
    Duration patience,
    boolean askAgainWhenTokenEnds,
    @Nullable Duration lookUpNotFoundAfter,
    Duration settleWithin) {

  /** The longest pause between two attempts. */
  Duration longestDelay() {
    return Backoff.longestFor(patience);
  }
}
