package dev.countersign.devservices.shop;

import org.jspecify.annotations.Nullable;

/**
 * An order and what it came with.
 *
 * @param idempotencyKey null: none was sent, so that every request is an order
 * @param tokenId the token's {@code jti}; null: it had none
 */
public record OrderRecord(
    PlacedOrder order, @Nullable String idempotencyKey, @Nullable String tokenId) {}
