package dev.countersign.app.login;

import dev.countersign.app.api.TokenType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** What a logout token must say (OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6). */
final class LogoutTokenValidator implements OAuth2TokenValidator<Jwt> {
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final Set<String> TYPES = Set.of("", "jwt", "logout+jwt");
  private static final int LONGEST_ID = 255;

  /** A provider sends again what didn't arrive. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  private static final Duration SKEW = Duration.ofMinutes(1);

  private final String issuer;
  private final String clientId;
  private final Clock clock;

  LogoutTokenValidator(String issuer, String clientId, Clock clock) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.clock = clock;
  }

  @Override
  public OAuth2TokenValidatorResult validate(Jwt token) {
    String fault = fault(token);
    return fault == null
        ? OAuth2TokenValidatorResult.success()
        : OAuth2TokenValidatorResult.failure(
            new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, fault, null));
  }

  private @Nullable String fault(Jwt token) {
    if (!TYPES.contains(TokenType.of(token))) {
      return "its typ is another token's";
    }
    if (!issuer.equals(token.getClaimAsString("iss"))) {
      return "it is another issuer's";
    }
    if (token.getAudience() == null || !token.getAudience().contains(clientId)) {
      return "it is for another client";
    }
    if (!isFresh(token.getIssuedAt())) {
      return "it has no iat, or was not issued just now";
    }
    if (!(token.getClaim("events") instanceof Map<?, ?> events)
        || !(events.get(EVENT) instanceof Map<?, ?>)) {
      return "it tells of no logout";
    }
    if (token.hasClaim("nonce")) {
      return "it has a nonce, as ID tokens have";
    }
    if (!isText(token.getId())) {
      return "it has no jti";
    }
    boolean named = isTextOrAbsent(token, "sub") && isTextOrAbsent(token, "sid");
    return named && (token.hasClaim("sub") || token.hasClaim("sid"))
        ? null
        : "it names neither a user nor a session";
  }

  private boolean isFresh(@Nullable Instant issuedAt) {
    Instant now = clock.instant();
    return issuedAt != null
        && !issuedAt.isBefore(now.minus(FRESH))
        && !issuedAt.isAfter(now.plus(SKEW));
  }

  private static boolean isTextOrAbsent(Jwt token, String claim) {
    return !token.hasClaim(claim) || (token.getClaim(claim) instanceof String text && isText(text));
  }

  private static boolean isText(@Nullable String text) {
    return text != null && !text.isBlank() && text.length() <= LONGEST_ID;
  }
}
