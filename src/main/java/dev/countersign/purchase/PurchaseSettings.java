package dev.countersign.purchase;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How purchases are approved and ordered.
 *
 * @param scopes scopes of the token for the shop, {@code openid} among them
 * @param audience identifier of the shop's API; null: the provider's default
 * @param requestedExpiry how long a user should have to approve; whole seconds
 * @param shopCallTimeout longest time that one order request may take
 * @param shopIsIdempotent whether the shop orders once for one {@code Idempotency-Key}
 * @param orderingPatience how long to go on when the shop can't be reached or says no definite word
 */
public record PurchaseSettings(
    List<String> scopes,
    @Nullable String audience,
    Duration requestedExpiry,
    Duration shopCallTimeout,
    boolean shopIsIdempotent,
    Duration orderingPatience) {}
