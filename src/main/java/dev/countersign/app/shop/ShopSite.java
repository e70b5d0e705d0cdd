package dev.countersign.app.shop;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A shop's address, and what is known of its answers.
 *
 * @param orders where orders are posted
 * @param lookUp where an order is looked up, with {@link #KEY} in the place of its {@code
 *     Idempotency-Key}; null: nowhere
 * @param callTimeout longest time for one call, connecting included
 * @param unavailableMeansNotOrdered whether a 503 certainly means that nobody acted on the order:
 *     the shop and whatever stands before it answer so only before they begin
 */
public record ShopSite(
    URI orders, @Nullable String lookUp, Duration callTimeout, boolean unavailableMeansNotOrdered) {
  /** Stands for the key in the address of the look-up. */
  public static final String KEY = "{key}";
}
