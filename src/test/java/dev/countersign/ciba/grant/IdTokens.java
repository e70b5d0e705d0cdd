package dev.countersign.ciba.grant;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.Tokens;
import dev.countersign.ciba.http.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;

/** ID tokens as the provider of {@link Provider} signs them for {@link Provider#ASKED}. */
public final class IdTokens {
  static final Duration SINCE_ASKED = Duration.ofMinutes(2);
  static final Instant ASKED_AT = Provider.NOW.minus(SINCE_ASKED);
  public static final AuthReqId AUTH_REQ_ID = new AuthReqId("XyVW8Z3H");

  static final String ACCESS_TOKEN = "jHkWEdUXMU1BwAsC4vtUsZwnNvTvxEl0z9K3vx5KF0Y";

  /** The left half of its SHA-256, worked out apart (OpenID Connect Core 3.1.3.6). */
  static final String AT_HASH = "AkUYTxpa-p-nqOvMWPKslg";

  public static final RSAKey KEY = rsaKey("k1");

  /** Another provider's public key, of the same name. */
  public static final RSAKey KEY_OF_ANOTHER = rsaKey("k1").toPublicJWK();

  private IdTokens() {}

  static RSAKey rsaKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static ECKey ecKey(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** What the provider publishes. */
  public static String published(JWK... keys) {
    return new JWKSet(List.of(keys)).toString();
  }

  static String valid() {
    return with(unchanged -> {});
  }

  public static String with(Consumer<JWTClaimsSet.Builder> change) {
    return signed(JWSAlgorithm.RS256, KEY, unchanged -> {}, change);
  }

  static String signed(JWSAlgorithm algorithm, JWK key) {
    return signed(algorithm, key, unchanged -> {}, unchanged -> {});
  }

  static String signed(
      JWSAlgorithm algorithm,
      JWK key,
      Consumer<JWSHeader.Builder> changeHeader,
      Consumer<JWTClaimsSet.Builder> changeClaims) {
    try {
      return signed(
          algorithm,
          key.getKeyID(),
          key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey()),
          changeHeader,
          changeClaims);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String signed(
      JWSAlgorithm algorithm,
      String keyId,
      JWSSigner signer,
      Consumer<JWSHeader.Builder> changeHeader,
      Consumer<JWTClaimsSet.Builder> changeClaims) {
    JWSHeader.Builder header =
        new JWSHeader.Builder(algorithm).keyID(keyId).type(JOSEObjectType.JWT);
    changeHeader.accept(header);
    SignedJWT jwt = new SignedJWT(header.build(), claims(changeClaims));
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    return jwt.serialize();
  }

  static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(Provider.ISSUER)
            .audience(Provider.CLIENT_ID)
            .subject(Provider.ASKED.user().value())
            .issueTime(at(Provider.NOW))
            .expirationTime(at(Provider.NOW.plusSeconds(3_600)));
    change.accept(claims);
    return claims.build();
  }

  public static Tokens tokens(String idToken) {
    return new Tokens(ACCESS_TOKEN, idToken, null, List.of("openid", "product:buy"), null);
  }

  static GrantCheck check(BackchannelClient client, String idToken) {
    return client.check(tokens(idToken), Provider.ASKED, AUTH_REQ_ID, SINCE_ASKED);
  }

  static Date at(Instant instant) {
    return Date.from(instant);
  }
}
