package dev.countersign.ciba.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.List;
import javax.crypto.KeyAgreement;

/**
 * The public key of a private one, which PKCS #8 need not hold and Java doesn't tell. Agreed with
 * the curve's generator (SEC 1 3.3.1), a private key yields the x of its public point; of the two
 * points with that x, it is the one that verifies what the private key signs.
 */
final class PublicPart {
  private static final byte[] PROBE = {1};

  private PublicPart() {}

  /** Of a key of P-256. */
  static ECPublicKey of(ECPrivateKey key) {
    ECParameterSpec curve = key.getParams();
    try {
      KeyFactory keys = KeyFactory.getInstance("EC");
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(key);
      agreement.doPhase(
          keys.generatePublic(new ECPublicKeySpec(curve.getGenerator(), curve)), true);
      BigInteger x = new BigInteger(1, agreement.generateSecret());
      BigInteger prime = ((ECFieldFp) curve.getCurve().getField()).getP();
      BigInteger square =
          x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB()).mod(prime);
      // the root, as the prime is 3 mod 4
      BigInteger y = square.modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
      for (BigInteger candidate : List.of(y, prime.subtract(y))) {
        ECPublicKey open =
            (ECPublicKey)
                keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, candidate), curve));
        if (belong(key, open)) {
          return open;
        }
      }
      throw new IllegalArgumentException("has no public part");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("has no public part");
    }
  }

  private static boolean belong(ECPrivateKey key, ECPublicKey open)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(open);
    signature.update(PROBE);
    return signature.verify(signed);
  }
}
