package dev.countersign.ciba.key;

import com.nimbusds.jose.JWSAlgorithm;

/** The signatures that are made and accepted (RFC 7518 3.1): asymmetric, SHA-256. */
public enum SigningAlgorithm {
  /** RSA PKCS #1 v1.5. */
  RS256,
  /** RSA PSS; FAPI allows it. */
  PS256,
  /** ECDSA with P-256; FAPI allows it. */
  ES256;

  /** As Nimbus names it. */
  public JWSAlgorithm jws() {
    return JWSAlgorithm.parse(name());
  }
}
