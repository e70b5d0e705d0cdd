package dev.countersign.devservices.shop;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order that the shop took.
 *
 * @param qty pieces
 * @param priceLimit highest total price; null: none
 * @param buyer the sub of the token that ordered
 */
public record PlacedOrder(
    String orderId,
    String product,
    int qty,
    @Nullable BigDecimal priceLimit,
    Instant orderedAt,
    String buyer) {}
