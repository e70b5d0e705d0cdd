package dev.countersign.ciba.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

/** A private key of this client, with the algorithm that it signs with. Never shown. */
public final class SigningKey {
  private final JWSSigner signer;
  private final SigningAlgorithm algorithm;
  private final @Nullable String keyId;

  SigningKey(JWSSigner signer, SigningAlgorithm algorithm, @Nullable String keyId) {
    this.signer = signer;
    this.algorithm = algorithm;
    this.keyId = keyId;
  }

  /**
   * Reads a key.
   *
   * @param text a PEM file's, of type {@code PRIVATE KEY} (PKCS #8, not encrypted), or a JWK's or
   *     JWK set's (RFC 7517) with exactly one private key; RSA of at least 2048 bits, or P-256
   * @param keyId the {@code kid} that the provider knows the key by; null: the JWK's own, if any
   * @param algorithm null: the JWK's own, else RS256 for RSA and ES256 for P-256
   * @throws IllegalArgumentException if it is none of these, or the algorithm doesn't fit; the
   *     message completes "the key" and shows nothing of the key
   */
  public static SigningKey read(
      String text, @Nullable String keyId, @Nullable SigningAlgorithm algorithm) {
    PrivateKeyText key = PrivateKeyText.read(text);
    SigningAlgorithm chosen = key.algorithm(algorithm);
    return new SigningKey(key.signer(), chosen, keyId == null ? key.keyId() : keyId);
  }

  /** What it signs with. */
  public SigningAlgorithm algorithm() {
    return algorithm;
  }

  /** The compact form of a JWT with these claims (RFC 7515 7.1). */
  public String sign(JWTClaimsSet claims) {
    SignedJWT jwt =
        new SignedJWT(new JWSHeader.Builder(algorithm.jws()).keyID(keyId).build(), claims);
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("A key that was read can sign " + algorithm, e);
    }
    return jwt.serialize();
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm + ", kid=" + keyId + "]";
  }
}
