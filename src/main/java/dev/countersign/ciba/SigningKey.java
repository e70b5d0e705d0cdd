package dev.countersign.ciba;

import com.nimbusds.jose.jwk.JWK;

/** A private key of this client, with the algorithm that it signs with. Never shown. */
public final class SigningKey {
  private final JWK jwk;
  private final SigningAlgorithm algorithm;

  SigningKey(JWK jwk, SigningAlgorithm algorithm) {
    this.jwk = jwk;
    this.algorithm = algorithm;
  }

  JWK jwk() {
    return jwk;
  }

  /** What it signs with. */
  public SigningAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm + ", kid=" + jwk.getKeyID() + "]";
  }
}
