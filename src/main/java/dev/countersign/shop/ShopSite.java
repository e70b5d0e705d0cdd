package dev.countersign.shop;

import java.net.URI;
import java.time.Duration;

/**
 * A shop's address, and what is known of its answers.
 *
 * @param orders where orders are posted
 * @param callTimeout longest time for one call, connecting included
 * @param unavailableMeansNotOrdered whether a 503 certainly means that nobody acted on the order:
 *     the shop and whatever stands before it answer so only before they begin
 */
public record ShopSite(URI orders, Duration callTimeout, boolean unavailableMeansNotOrdered) {}
