package dev.countersign.ciba.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private key as its file has it: its kind and strength are known to do.
 *
 * @param keyId null: the file names none
 * @param ownAlgorithm the one that the file binds the key to; null: none
 */
record PrivateKeyText(
    PrivateKey key, @Nullable String keyId, @Nullable SigningAlgorithm ownAlgorithm) {
  private static final int LEAST_RSA_BITS = 2048;

  PrivateKeyText {
    switch (key) {
      case RSAPrivateKey rsa -> {
        int bits = rsa.getModulus().bitLength();
        if (bits < LEAST_RSA_BITS) {
          throw new IllegalArgumentException(
              "must have at least 2048 bits as an RSA key, but has " + bits);
        }
      }
      case ECPrivateKey ec -> {
        Curve curve = Curve.forECParameterSpec(ec.getParams());
        if (!Curve.P_256.equals(curve)) {
          throw new IllegalArgumentException(
              "must be of the curve P-256 as an EC key, but is of " + curveName(curve));
        }
      }
      default ->
          throw new IllegalArgumentException("must be RSA or EC, but is " + key.getAlgorithm());
    }
    if (ownAlgorithm != null) {
      requireFit(key, ownAlgorithm);
    }
  }

  static PrivateKeyText read(String text) {
    return text.strip().startsWith("{") ? JwkText.read(text) : PemText.read(text);
  }

  /** The one that is wished, that of the file, or the usual one. */
  SigningAlgorithm algorithm(@Nullable SigningAlgorithm wished) {
    if (wished == null) {
      SigningAlgorithm usual = fitting(key).getFirst();
      return ownAlgorithm == null ? usual : ownAlgorithm;
    }
    requireFit(key, wished);
    if (ownAlgorithm != null && ownAlgorithm != wished) {
      throw new IllegalArgumentException(
          "says itself that it is for " + ownAlgorithm + ", but " + wished + " was chosen");
    }
    return wished;
  }

  JWSSigner signer() {
    if (key instanceof ECPrivateKey ec) {
      try {
        return new ECDSASigner(ec);
      } catch (JOSEException e) {
        throw new IllegalStateException("The curve P-256 can sign", e);
      }
    }
    return new RSASSASigner(key);
  }

  private static void requireFit(PrivateKey key, SigningAlgorithm algorithm) {
    if (!fitting(key).contains(algorithm)) {
      throw new IllegalArgumentException(
          "is " + key.getAlgorithm() + " and can't sign " + algorithm + ", but " + fitting(key));
    }
  }

  /** The usual one first. */
  private static List<SigningAlgorithm> fitting(PrivateKey key) {
    return key instanceof ECPrivateKey
        ? List.of(SigningAlgorithm.ES256)
        : List.of(SigningAlgorithm.RS256, SigningAlgorithm.PS256);
  }

  private static String curveName(@Nullable Curve curve) {
    return curve == null ? "another" : curve.getName();
  }

  @Override
  public String toString() {
    return "PrivateKeyText[" + key.getAlgorithm() + ", kid=" + keyId + "]";
  }
}
