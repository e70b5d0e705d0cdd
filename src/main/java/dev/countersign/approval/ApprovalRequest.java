package dev.countersign.approval;

import dev.countersign.ciba.AuthenticationRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user is asked to approve.
 *
 * @param userID the user's {@code sub} at the identity provider
 * @param bindingMessage what the user's phone shows
 * @param scopes scopes of the token that an approval yields, {@code openid} among them
 * @param audience identifier of the API that the token is for; null: the provider's default
 * @param authorizationDetails a JSON array (RFC 9396); null: none
 * @param requestedExpiry how long the user should have for the answer; whole seconds; a wish, the
 *     provider decides
 */
public record ApprovalRequest(
    String userID,
    String bindingMessage,
    List<String> scopes,
    @Nullable String audience,
    @Nullable String authorizationDetails,
    Duration requestedExpiry) {

  /** The same for the wire: two records, since this one lives in histories. */
  AuthenticationRequest toAuthenticationRequest() {
    return new AuthenticationRequest(
        userID, bindingMessage, scopes, audience, authorizationDetails, requestedExpiry);
  }
}
