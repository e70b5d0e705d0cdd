package dev.countersign.guard;

import dev.countersign.approval.ReAsk;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every guarded method that doesn't say otherwise.
 *
 * @param scopes of the approved token, {@code openid} among them (CIBA Core 7.1)
 * @param audience the API that the token is for; null: the provider's default
 * @param acrValues how strongly users should authenticate; null: not said
 * @param requestedExpiry how long a user should have for the answer, whole seconds
 * @param reAsk null: users are not asked again after an expiry
 * @param await how long a caller waits for the end of a call before it is told that the user was
 *     asked; 0: not at all
 * @param run how methods are run
 */
public record CallDefaults(
    List<String> scopes,
    @Nullable String audience,
    @Nullable List<String> acrValues,
    Duration requestedExpiry,
    @Nullable ReAsk reAsk,
    Duration await,
    RunTerms run) {}
