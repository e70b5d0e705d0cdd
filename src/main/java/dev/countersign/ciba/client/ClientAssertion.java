package dev.countersign.ciba.client;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.auth.JWTAuthentication;
import com.nimbusds.oauth2.sdk.id.JWTID;
import dev.countersign.ciba.key.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/**
 * Proves by a signature who the client is ({@code private_key_jwt}, RFC 7523 3).
 *
 * @param clientId the client's name at the provider
 * @param key signs it
 * @param issuer the provider as it writes itself: the audience that CIBA Core 7.1 recommends, at
 *     the token endpoint too
 * @param clock says when it was made, in the provider's time; it is valid for 60 seconds
 */
public record ClientAssertion(String clientId, SigningKey key, String issuer, Clock clock) {
  /**
   * What is signed is dated back by this much: a machine of the provider's whose clock is behind
   * the others must not take it for one from the future.
   */
  public static final Duration ROOM = Duration.ofSeconds(10);

  private static final Duration LIFETIME = Duration.ofSeconds(60);

  /** The form fields of a new assertion, good for one request (RFC 7523 2.2). A secret. */
  public Map<String, String> fields() {
    return Map.of(
        "client_assertion_type",
        JWTAuthentication.CLIENT_ASSERTION_TYPE,
        "client_assertion",
        signed());
  }

  private String signed() {
    Instant now = clock.instant();
    return key.sign(
        new JWTClaimsSet.Builder()
            .issuer(clientId)
            .subject(clientId)
            .audience(issuer)
            .jwtID(new JWTID().getValue())
            .issueTime(Date.from(now.minus(ROOM)))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .build());
  }
}
