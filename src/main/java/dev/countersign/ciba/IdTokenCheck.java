package dev.countersign.ciba;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an ID token is the provider's, for this client, about this user, and new (OpenID Connect
 * Core 3.1.3.7). Nimbus verifies the signature; the claims are compared here, since its defaults
 * let a second audience pass and take no clock.
 */
final class IdTokenCheck {
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  private final String issuer;
  private final String clientId;
  private final Clock clock;
  private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();

  IdTokenCheck(String issuer, String clientId, ProviderKeys keys, Clock clock) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.clock = clock;
    signatures.setJWSKeySelector(keys.selector());
    signatures.setJWTClaimsSetVerifier((claims, context) -> {});
  }

  GrantCheck check(String idToken, ExpectedUser user, Instant askedAt) {
    try {
      String fault = fault(signatures.process(idToken, null), user, askedAt);
      return fault == null
          ? new GrantCheck.Valid()
          : new GrantCheck.Invalid("The ID token " + fault + ".");
    } catch (KeySourceException e) {
      return new GrantCheck.KeysUnavailable(
          "The provider's keys can't be had: " + OAuthBody.clean(e.getMessage()));
    } catch (ParseException e) {
      return new GrantCheck.Invalid("The ID token is no signed JWT.");
    } catch (BadJOSEException | JOSEException e) {
      return new GrantCheck.Invalid(
          "The ID token is not signed by one of the provider's RS256 keys.");
    }
  }

  private @Nullable String fault(JWTClaimsSet claims, ExpectedUser user, Instant askedAt)
      throws ParseException {
    if (!issuer.equals(claims.getIssuer())) {
      return "is from another issuer";
    }
    if (!isForThisClient(claims.getAudience(), claims.getStringClaim("azp"))) {
      return "is for another client";
    }
    Date expires = claims.getExpirationTime();
    if (expires == null || !clock.instant().isBefore(expires.toInstant().plus(CLOCK_SKEW))) {
      return "has expired";
    }
    Date issued = claims.getIssueTime();
    if (issued == null || issued.toInstant().isBefore(askedAt.minus(CLOCK_SKEW))) {
      return "was issued before the user was asked";
    }
    return user.value().equals(claims.getStringClaim(user.claim()))
        ? null
        : "is about another user";
  }

  /** 3.1.3.7: a second audience needs an {@code azp}, and an {@code azp} must be this client. */
  private boolean isForThisClient(List<String> audience, @Nullable String authorizedParty) {
    boolean authorized =
        authorizedParty == null ? audience.size() == 1 : authorizedParty.equals(clientId);
    return authorized && audience.contains(clientId);
  }
}
