package dev.countersign.app.api;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Lets access tokens through and nothing else that an issuer signs: ID tokens, logout tokens and
 * other events have a user and an audience too. A token that says what it is, by its header {@code
 * typ} (RFC 9068 2.1, RFC 8725 3.11), by Keycloak's claim {@code typ} or Cognito's {@code
 * token_use}, is believed where that is no access token; of one that says nothing the claims must
 * not be those of others.
 */
final class AccessTokenValidator implements OAuth2TokenValidator<Jwt> {
  private static final String ACCESS_TOKEN = "at+jwt";
  private static final Set<String> MEDIA_TYPES = Set.of("jwt", ACCESS_TOKEN);

  /** Keycloak says {@code Bearer} or {@code DPoP}. */
  private static final Set<String> KINDS =
      Set.of("bearer", "dpop", "jwt", ACCESS_TOKEN, "access", "access_token");

  /** Of ID tokens (OpenID Connect Core 3.3.2.11, FAPI), and of events (RFC 8417 2.2). */
  private static final Set<String> NEVER_THERE = Set.of("at_hash", "c_hash", "s_hash", "events");

  /** What an access token is for; Auth0's ID tokens have {@code sid} and none of these. */
  private static final Set<String> PERMISSIONS =
      Set.of("scope", "scp", "client_id", "cid", "roles", "permissions");

  private final boolean typed;
  private final String clientId;

  /**
   * A validator.
   *
   * @param typed whether the header must say that it is an access token
   * @param clientId of the login's client, for which ID tokens are
   */
  AccessTokenValidator(boolean typed, String clientId) {
    this.typed = typed;
    this.clientId = clientId;
  }

  @Override
  public OAuth2TokenValidatorResult validate(Jwt token) {
    String fault = fault(token);
    return fault == null
        ? OAuth2TokenValidatorResult.success()
        : OAuth2TokenValidatorResult.failure(
            new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, fault, null));
  }

  private @Nullable String fault(Jwt token) {
    String mediaType = TokenType.of(token);
    if (typed && !mediaType.equals(ACCESS_TOKEN)) {
      return "Its typ must be at+jwt";
    }
    if (!mediaType.isEmpty() && !MEDIA_TYPES.contains(mediaType)) {
      return "By its typ it is no access token";
    }
    String kind = text(token, "typ");
    String use = text(token, "token_use");
    if ((!kind.isEmpty() && !KINDS.contains(kind)) || (!use.isEmpty() && !use.equals("access"))) {
      return "It says itself that it is no access token";
    }
    boolean said = mediaType.equals(ACCESS_TOKEN) || !kind.isEmpty() || !use.isEmpty();
    if (has(token, NEVER_THERE.stream()) || (!said && looksLikeIdToken(token))) {
      return "It has claims of an ID token or an event, and is no access token";
    }
    return null;
  }

  /** Keycloak before 25 has {@code nonce} in access tokens too, which say what they are. */
  private boolean looksLikeIdToken(Jwt token) {
    List<String> audience = token.getAudience();
    boolean forTheClient = audience != null && audience.contains(clientId);
    return token.hasClaim("nonce")
        || ((token.hasClaim("sid") || forTheClient) && !has(token, PERMISSIONS.stream()));
  }

  private static boolean has(Jwt token, Stream<String> claims) {
    return claims.anyMatch(token::hasClaim);
  }

  private static String text(Jwt token, String claim) {
    return token.getClaim(claim) instanceof String text ? text.toLowerCase(Locale.ROOT) : "";
  }
}
