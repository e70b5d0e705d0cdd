package dev.countersign.ciba.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.PublicKey;
import java.text.ParseException;

/** A pair of keys: the client signs with one half, the provider verifies with the other. */
public record Keys(JWK jwk) {
  public static Keys rsa(String id) {
    try {
      return new Keys(new RSAKeyGenerator(2048).keyID(id).generate());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  public static Keys ec(String id) {
    try {
      return new Keys(new ECKeyGenerator(Curve.P_256).keyID(id).generate());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** The ones that an algorithm needs. */
  public static Keys fitting(SigningAlgorithm algorithm, String id) {
    return algorithm == SigningAlgorithm.ES256 ? ec(id) : rsa(id);
  }

  public SigningKey signing(SigningAlgorithm algorithm) {
    return SigningKey.read(jwk.toJSONString(), null, algorithm);
  }

  PublicKey publicKey() {
    try {
      return ((AsymmetricJWK) jwk).toPublicKey();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** The claims of a JWT that was signed with these keys, and by that algorithm. */
  public JWTClaimsSet verified(String jwt, SigningAlgorithm algorithm) {
    try {
      SignedJWT signed = SignedJWT.parse(jwt);
      JWSVerifier verifier =
          new DefaultJWSVerifierFactory().createJWSVerifier(signed.getHeader(), publicKey());
      if (!signed.getHeader().getAlgorithm().getName().equals(algorithm.name())
          || !signed.verify(verifier)) {
        throw new AssertionError("Not signed with this key by " + algorithm + ": " + jwt);
      }
      return signed.getJWTClaimsSet();
    } catch (ParseException | JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
