package dev.countersign.ciba.key;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.security.PrivateKey;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JWK or a JWK set (RFC 7517). No exception is passed on as cause: it might show what was
 * read.
 */
final class JwkText {
  private JwkText() {}

  static PrivateKeyText read(String text) {
    List<JWK> keys = keys(text);
    List<JWK> privateKeys = keys.stream().filter(JWK::isPrivate).toList();
    if (privateKeys.size() != 1) {
      throw new IllegalArgumentException(
          "must be one private key, but the file has "
              + (privateKeys.isEmpty()
                  ? "none, only " + keys.size() + " public"
                  : privateKeys.size()));
    }
    JWK jwk = privateKeys.getFirst();
    KeyUse use = jwk.getKeyUse();
    if (use != null && !use.equals(KeyUse.SIGNATURE)) {
      throw new IllegalArgumentException("must be for signatures (\"use\":\"sig\")");
    }
    return new PrivateKeyText(key(jwk), jwk.getKeyID(), algorithm(jwk.getAlgorithm()));
  }

  private static List<JWK> keys(String text) {
    try {
      Map<String, Object> json = JSONObjectUtils.parse(text);
      return json.containsKey("keys") ? JWKSet.parse(json).getKeys() : List.of(JWK.parse(json));
    } catch (ParseException e) {
      throw new IllegalArgumentException("can't be read as a JWK or a JWK set");
    }
  }

  private static PrivateKey key(JWK jwk) {
    if (jwk instanceof AsymmetricJWK pair) {
      try {
        return pair.toPrivateKey();
      } catch (JOSEException e) {
        throw new IllegalArgumentException("can't be read as an RSA or EC key");
      }
    }
    throw new IllegalArgumentException("must be RSA or EC, but is " + jwk.getKeyType());
  }

  private static @Nullable SigningAlgorithm algorithm(@Nullable Algorithm named) {
    if (named == null) {
      return null;
    }
    return Arrays.stream(SigningAlgorithm.values())
        .filter(algorithm -> algorithm.name().equals(named.getName()))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be for RS256, PS256 or ES256, but names another as its \"alg\""));
  }
}
