package dev.countersign.app.purchase;

import dev.countersign.approval.ReAsk;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How purchases are approved and ordered.
 *
 * @param bindingMessage what the user's phone shows
 * @param details what the provider is told of a purchase beside that
 * @param scopes scopes of the token for the shop, {@code openid} among them
 * @param audience identifier of the shop's API; null: the provider's default
 * @param acrValues how strongly the user should authenticate, the most wanted first; null: not said
 * @param requestedExpiry how long a user should have to approve; whole seconds
 * @param reAsk null: the user is not asked again after an expiry
 * @param ordering what follows an approval
 */
public record PurchaseSettings(
    BindingMessageRules bindingMessage,
    PurchaseDetails details,
    List<String> scopes,
    @Nullable String audience,
    @Nullable List<String> acrValues,
    Duration requestedExpiry,
    @Nullable ReAsk reAsk,
    OrderingSettings ordering) {}
