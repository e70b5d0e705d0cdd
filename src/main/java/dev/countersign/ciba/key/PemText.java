package dev.countersign.ciba.key;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads PEM (RFC 7468). No exception is passed on as cause: it might show what was read. */
final class PemText {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  /** In the older forms and the encrypted ones lines like {@code Proc-Type} may follow. */
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

  private static final String CONVERT =
      ": write it as one with openssl pkcs8 -topk8 -nocrypt -in <file>";

  private PemText() {}

  static PrivateKeyText read(String text) {
    List<String> kinds = BEGIN.matcher(text).results().map(begin -> begin.group(1)).toList();
    List<String> privateKinds = kinds.stream().filter(k -> k.endsWith("PRIVATE KEY")).toList();
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("is neither PEM nor a JWK in JSON");
    }
    if (privateKinds.size() != 1) {
      throw new IllegalArgumentException(
          "must be one private key, but the file has "
              + (privateKinds.isEmpty() ? "none, only " + kinds : privateKinds.size()));
    }
    return switch (privateKinds.getFirst()) {
      case "PRIVATE KEY" -> pkcs8(text);
      case "ENCRYPTED PRIVATE KEY" ->
          throw new IllegalArgumentException("must not be encrypted" + CONVERT);
      case String kind ->
          throw new IllegalArgumentException(
              "must be a PEM of type PRIVATE KEY (PKCS #8), but is " + kind + CONVERT);
    };
  }

  private static PrivateKeyText pkcs8(String text) {
    byte[] der = der(text);
    PrivateKey key = der == null ? null : key("RSA", der);
    if (der != null && key == null) {
      key = key("EC", der);
    }
    if (key == null) {
      throw new IllegalArgumentException("can't be read as an RSA or EC key in PKCS #8");
    }
    return new PrivateKeyText(key, null, null);
  }

  private static byte @Nullable [] der(String text) {
    try {
      return BLOCK
          .matcher(text)
          .results()
          .filter(block -> block.group(1).equals("PRIVATE KEY"))
          .findFirst()
          .map(PemText::decoded)
          .orElse(null);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] decoded(MatchResult block) {
    return Base64.getMimeDecoder().decode(block.group(2));
  }

  private static @Nullable PrivateKey key(String algorithm, byte[] der) {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (InvalidKeySpecException e) {
      return null;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has RSA and EC", e);
    }
  }
}
