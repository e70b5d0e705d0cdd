package dev.countersign.ciba;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user is to be asked (CIBA Core 7.1).
 *
 * @param userID the user's {@code sub} at the provider; becomes the {@code login_hint}
 * @param bindingMessage what the user's phone shows
 * @param scopes scopes of the token, {@code openid} among them
 * @param audience identifier of the API that the token is for; null: the provider's default
 * @param authorizationDetails a JSON array (RFC 9396); null: none
 * @param requestedExpiry how long the user should have for the answer, whole seconds; a wish, the
 *     provider decides
 */
public record AuthenticationRequest(
    String userID,
    String bindingMessage,
    List<String> scopes,
    @Nullable String audience,
    @Nullable String authorizationDetails,
    Duration requestedExpiry) {
  public AuthenticationRequest {
    scopes = List.copyOf(scopes);
  }
}
