package dev.countersign.ciba.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Map;

/**
 * A key of P-256 that signs ES256, and whose public part anybody may have. The private one is never
 * shown.
 */
public final class PublishedSigningKey {
  private final ECKey key;

  private PublishedSigningKey(ECKey key) {
    this.key = key;
  }

  /**
   * Reads a key.
   *
   * @param text a PEM file's, of type {@code PRIVATE KEY} (PKCS #8, not encrypted), or a JWK's (RFC
   *     7517): of P-256. Its {@code kid} is the JWK's own, or its thumbprint (RFC 7638)
   * @throws IllegalArgumentException if it is none of these; the message completes "the key" and
   *     shows nothing of the key
   */
  public static PublishedSigningKey read(String text) {
    PrivateKeyText read = PrivateKeyText.read(text);
    if (!(read.key() instanceof ECPrivateKey pair)) {
      throw new IllegalArgumentException("must be EC of the curve P-256");
    }
    ECPublicKey open = PublicPart.of(pair);
    ECKey.Builder key =
        new ECKey.Builder(Curve.P_256, open)
            .privateKey(pair)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.ES256);
    String id = read.keyId();
    try {
      return new PublishedSigningKey(
          (id == null ? key.keyIDFromThumbprint() : key.keyID(id)).build());
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** The public part as a JWK. */
  public Map<String, Object> publicPart() {
    return key.toPublicJWK().toJSONObject();
  }

  /**
   * The compact form of a JWT with these claims (RFC 7515 7.1).
   *
   * @param type the header {@code typ}, by which it can't be taken for another kind of token
   */
  public String sign(String type, JWTClaimsSet claims) {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(type))
                .keyID(key.getKeyID())
                .build(),
            claims);
    try {
      jwt.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("A key of P-256 can sign ES256", e);
    }
    return jwt.serialize();
  }

  @Override
  public String toString() {
    return "PublishedSigningKey[kid=" + key.getKeyID() + "]";
  }
}
