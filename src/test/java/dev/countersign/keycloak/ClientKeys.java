package dev.countersign.keycloak;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.ciba.key.SigningKey;
import java.util.Arrays;
import java.util.Objects;

/** One key for each algorithm: Keycloak looks for new ones only every 10 s. */
final class ClientKeys {
  private final JWKSet keys =
      new JWKSet(Arrays.stream(SigningAlgorithm.values()).map(ClientKeys::newKey).toList());

  JWKSet jwks() {
    return keys;
  }

  SigningKey key(SigningAlgorithm algorithm) {
    JWK jwk = Objects.requireNonNull(keys.getKeyByKeyId(algorithm.name()));
    return SigningKey.read(jwk.toJSONString(), null, algorithm);
  }

  /** One that was never published, under the name of one that was. */
  static SigningKey strangeKey(SigningAlgorithm algorithm) {
    return SigningKey.read(newKey(algorithm).toJSONString(), null, algorithm);
  }

  private static JWK newKey(SigningAlgorithm algorithm) {
    JWSAlgorithm name = JWSAlgorithm.parse(algorithm.name());
    try {
      return switch (algorithm) {
        case RS256, PS256 ->
            new RSAKeyGenerator(2048).keyID(algorithm.name()).algorithm(name).generate();
        case ES256 ->
            new ECKeyGenerator(Curve.P_256).keyID(algorithm.name()).algorithm(name).generate();
      };
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
