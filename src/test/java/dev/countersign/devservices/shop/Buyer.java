package dev.countersign.devservices.shop;

import org.jspecify.annotations.Nullable;

/**
 * Who buys, as a token says.
 *
 * @param tokenId the token's {@code jti}; null: it has none
 */
record Buyer(String sub, @Nullable String tokenId) {}
