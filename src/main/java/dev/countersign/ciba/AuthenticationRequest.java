package dev.countersign.ciba;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user is to be asked (CIBA Core 7.1). Its {@code toString} shows no secret.
 *
 * @param hint names the user to the provider
 * @param user whom the ID token must be about
 * @param bindingMessage what the user's phone shows
 * @param scopes scopes of the token, {@code openid} among them
 * @param audience identifier of the API that the token is for; null: the provider's default
 * @param authorizationDetails a JSON array (RFC 9396); null: none
 * @param requestedExpiry how long the user should have for the answer, whole seconds; a wish, the
 *     provider decides
 * @param acrValues how strongly the user should authenticate, the most wanted first; empty: not
 *     said
 * @param userCode null: none
 * @param notificationToken for ping mode; null: poll mode
 */
public record AuthenticationRequest(
    UserHint hint,
    ExpectedUser user,
    String bindingMessage,
    List<String> scopes,
    @Nullable String audience,
    @Nullable String authorizationDetails,
    Duration requestedExpiry,
    List<String> acrValues,
    @Nullable UserCode userCode,
    @Nullable ClientNotificationToken notificationToken) {
  public AuthenticationRequest {
    scopes = List.copyOf(scopes);
    acrValues = List.copyOf(acrValues);
  }
}
