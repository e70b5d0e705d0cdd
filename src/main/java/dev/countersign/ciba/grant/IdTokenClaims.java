package dev.countersign.ciba.grant;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.ExpectedUser;
import dev.countersign.clock.RemoteClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an ID token must say: from this provider, for this client, about this user, valid now, and
 * issued for this request (OpenID Connect Core 3.1.3.7 and 3.1.3.8). Its times are compared with
 * the provider's own; the clocks of a provider's machines may differ by 60 s. Nimbus' own verifier
 * lets a second audience and an old {@code iat} pass, and takes no clock.
 */
final class IdTokenClaims {
  /** Asked for in push mode only (CIBA Core 10.3.1), but binding wherever it is. */
  private static final String AUTH_REQ_ID = "urn:openid:params:jwt:claim:auth_req_id";

  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private final String issuer;
  private final String clientId;
  private final JWSAlgorithm algorithm;
  private final RemoteClock clock;

  IdTokenClaims(String issuer, String clientId, JWSAlgorithm algorithm, RemoteClock clock) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.algorithm = algorithm;
    this.clock = clock;
  }

  /** What is wrong, to be read after "The ID token"; null: nothing. */
  @Nullable String fault(
      Map<String, Object> claims,
      String accessToken,
      ExpectedUser user,
      AuthReqId authReqId,
      Duration sinceAsked) {
    String fault = originFault(claims);
    if (fault == null) {
      fault = timeFault(claims, sinceAsked);
    }
    if (fault == null) {
      fault = userFault(claims, user);
    }
    return fault == null ? bindingFault(claims, accessToken, authReqId) : fault;
  }

  private @Nullable String originFault(Map<String, Object> claims) {
    if (!issuer.equals(claims.get("iss"))) {
      return "is from another issuer";
    }
    List<?> audience = claims.get("aud") instanceof List<?> list ? list : audience(claims);
    if (!audience.contains(clientId)) {
      return "is for another client";
    }
    Object authorizedParty = claims.get("azp");
    if (authorizedParty == null && audience.size() > 1) {
      return "is for several clients and doesn't say for which (azp)";
    }
    return authorizedParty == null || authorizedParty.equals(clientId)
        ? null
        : "was issued to another client (azp)";
  }

  private static List<Object> audience(Map<String, Object> claims) {
    Object one = claims.get("aud");
    return one == null ? List.of() : List.of(one);
  }

  private @Nullable String timeFault(Map<String, Object> claims, Duration sinceAsked) {
    String clockFault = clock.fault();
    if (clockFault != null) {
      return "can't be dated. " + clockFault;
    }
    Instant now = clock.instant();
    Instant expires = time(claims, "exp");
    if (expires == null) {
      return "doesn't say when it expires (exp)";
    }
    if (!now.isBefore(expires.plus(LEEWAY))) {
      return "has expired";
    }
    Instant issued = time(claims, "iat");
    if (issued == null) {
      return "doesn't say when it was issued (iat)";
    }
    if (issued.isBefore(now.minus(sinceAsked).minus(LEEWAY))) {
      return "was issued before the user was asked";
    }
    if (now.plus(LEEWAY).isBefore(issued)) { // it would pass for requests of later days too
      return "was issued in the future (iat)";
    }
    if (claims.get("nbf") == null) {
      return null;
    }
    Instant validFrom = time(claims, "nbf");
    return validFrom == null || now.plus(LEEWAY).isBefore(validFrom)
        ? "is not valid yet (nbf)"
        : null;
  }

  /**
   * A claim that can be verified, {@code email} or {@code phone_number} (OpenID Connect Core 5.1),
   * doesn't tell who somebody is while it isn't: anybody may enter another's address. Providers
   * that don't say so at all are trusted, since whoever names the claim in the settings does.
   */
  private static @Nullable String userFault(Map<String, Object> claims, ExpectedUser user) {
    if (!(claims.get(user.claim()) instanceof String value)) {
      return "has no text as its claim \"" + user.claim() + "\", so nobody knows who approved";
    }
    if (!value.equals(user.value())) {
      return "is about another user";
    }
    String verifiedClaim = user.claim() + "_verified";
    Object verified = claims.getOrDefault(verifiedClaim, true);
    return Boolean.TRUE.equals(verified) || "true".equals(verified) // Cognito's is a text
        ? null
        : "says that the user's claim \"" + user.claim() + "\" is not verified";
  }

  private @Nullable String bindingFault(
      Map<String, Object> claims, String accessToken, AuthReqId authReqId) {
    Object hash = claims.get("at_hash");
    if (hash != null && !hash.equals(hashOf(accessToken))) {
      return "belongs to another access token (at_hash)";
    }
    Object request = claims.get(AUTH_REQ_ID);
    return request == null || request.equals(authReqId.value())
        ? null
        : "belongs to another request (auth_req_id)";
  }

  private String hashOf(String accessToken) {
    return AccessTokenHash.compute(new BearerAccessToken(accessToken), algorithm, null).getValue();
  }

  /** Seconds since 1970 (RFC 7519 2); null: absent, or no such number. */
  private static @Nullable Instant time(Map<String, Object> claims, String name) {
    return claims.get(name) instanceof Number seconds
        ? Instant.ofEpochSecond(
            Math.clamp(seconds.longValue(), 0, Instant.MAX.getEpochSecond() / 2))
        : null;
  }
}
