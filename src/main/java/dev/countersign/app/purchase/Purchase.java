package dev.countersign.app.purchase;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What is bought.
 *
 * @param qty pieces
 * @param priceLimit highest total price; null: no limit
 */
public record Purchase(String product, int qty, @Nullable BigDecimal priceLimit) {}
