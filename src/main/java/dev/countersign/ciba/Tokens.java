package dev.countersign.ciba;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token response (OpenID Connect Core 3.1.3.3). Its {@code toString} shows no token.
 *
 * @param idToken null: the provider sent none
 * @param expiresIn life of the access token; null: not said
 * @param scopes granted scopes; null: not said, which means as asked (RFC 6749 5.1)
 * @param authorizationDetails what was granted, a JSON array (RFC 9396); null: none
 */
public record Tokens(
    String accessToken,
    @Nullable String idToken,
    @Nullable Duration expiresIn,
    @Nullable List<String> scopes,
    @Nullable String authorizationDetails) {
  @Override
  public String toString() {
    return "Tokens[expiresIn=" + expiresIn + ", scopes=" + scopes + "]";
  }
}
