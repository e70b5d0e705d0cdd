package dev.countersign.ciba.grant;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.DefaultJOSEProcessor;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.ExpectedUser;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.ciba.provider.OAuthBody;
import dev.countersign.clock.RemoteClock;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether an ID token is the provider's and says what it must (OpenID Connect Core 3.1.3.7). Nimbus
 * verifies the signature, {@link IdTokenClaims} compares the claims.
 */
final class IdTokenCheck {
  private final JWSAlgorithm algorithm;
  private final IdTokenClaims expected;
  private final DefaultJOSEProcessor<SecurityContext> signatures = new DefaultJOSEProcessor<>();

  /**
   * For one client of one provider.
   *
   * @param algorithm the only one that is accepted
   */
  IdTokenCheck(
      String issuer,
      String clientId,
      SigningAlgorithm algorithm,
      JWKSource<SecurityContext> keys,
      RemoteClock clock) {
    this.algorithm = algorithm.jws();
    this.expected = new IdTokenClaims(issuer, clientId, this.algorithm, clock);
    // offers no key that is published for another algorithm or for encryption, whatever the header
    signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(this.algorithm, keys));
    signatures.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, null));
  }

  GrantCheck check(
      String idToken,
      String accessToken,
      ExpectedUser user,
      AuthReqId authReqId,
      Duration sinceAsked) {
    JWT parsed = parsed(idToken);
    if (parsed == null) {
      return invalid("is no JWT");
    }
    if (!(parsed instanceof SignedJWT jwt)) {
      return invalid("is not signed");
    }
    Map<String, Object> claims = null;
    try {
      String fault = headerFault(jwt.getHeader());
      if (fault == null) {
        signatures.process(jwt, null);
        claims = jwt.getPayload().toJSONObject();
        fault =
            claims == null
                ? "holds no claims"
                : expected.fault(claims, accessToken, user, authReqId, sinceAsked);
      }
      return fault == null && claims != null
          ? new GrantCheck.Valid(FactReader.facts(claims, accessToken))
          : invalid(String.valueOf(fault));
    } catch (KeySourceException e) {
      return new GrantCheck.KeysUnavailable(
          "The provider's keys can't be had: " + OAuthBody.clean(e.getMessage()));
    } catch (BadJOSEException | JOSEException e) {
      return invalid("is not signed by one of the provider's " + algorithm + " keys");
    }
  }

  private static @Nullable JWT parsed(String idToken) {
    try {
      return JWTParser.parse(idToken);
    } catch (ParseException | RuntimeException e) { // a header that is JSON's null is not foreseen
      return null;
    }
  }

  private @Nullable String headerFault(JWSHeader header) {
    if (!header.getAlgorithm().equals(algorithm)) {
      return "is signed with "
          + OAuthBody.clean(header.getAlgorithm().getName())
          + ", not with "
          + algorithm;
    }
    if (header.getCriticalParams() != null) { // RFC 7515 4.1.11: none is understood here
      return "demands an extension that is not supported (crit)";
    }
    JOSEObjectType type = header.getType();
    return type == null || type.equals(JOSEObjectType.JWT)
        ? null
        : "is a JWT of the kind " + OAuthBody.clean(type.getType());
  }

  private static GrantCheck invalid(String fault) {
    return new GrantCheck.Invalid("The ID token " + fault + ".");
  }
}
