package dev.countersign.app.purchase;

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
  private static final Duration LEAST_LONGEST_DELAY = Duration.ofSeconds(30);
  private static final Duration MOST_LONGEST_DELAY = Duration.ofMinutes(30);
  private static final int SHARE_OF_PATIENCE = 30;

  /**
   * The longest pause between two attempts. Each attempt costs 11 events of history, of which there
   * may be 51,200: whoever waits for days asks less often.
   */
  Duration longestDelay() {
    Duration share = patience.dividedBy(SHARE_OF_PATIENCE);
    if (share.compareTo(LEAST_LONGEST_DELAY) < 0) {
      return LEAST_LONGEST_DELAY;
    }
    return share.compareTo(MOST_LONGEST_DELAY) < 0 ? share : MOST_LONGEST_DELAY;
  }
}
