package dev.countersign.app.shop;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The body of an order, as the shop gets it.
 *
 * @param qty pieces
 * @param priceLimit highest total price; null: no limit, and the member is left out of the body
 */
public record Order(String product, int qty, @Nullable BigDecimal priceLimit) {}
