package dev.countersign.devservices.tenant;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.countersign.devservices.loopback.JsonFiles;
import java.text.ParseException;

/**
 * The tenant's key as it is kept, so that issued tokens verify after a restart.
 *
 * @param jwk an RSA key with its private part
 */
record SigningKey(String jwk) {

  static RSAKey loadOrMake(JsonFiles<SigningKey> files) {
    try {
      for (SigningKey kept : files.all()) {
        return RSAKey.parse(kept.jwk);
      }
      RSAKey key =
          new RSAKeyGenerator(2048)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint(true)
              .generate();
      files.save("signing-key", new SigningKey(key.toJSONString()));
      return key;
    } catch (JOSEException | ParseException e) {
      throw new IllegalStateException("The tenant's signing key can't be made or read", e);
    }
  }

  @Override
  public String toString() {
    return "SigningKey[]";
  }
}
