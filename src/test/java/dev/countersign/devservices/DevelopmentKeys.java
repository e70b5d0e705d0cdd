package dev.countersign.devservices;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * The keys of development: made once, and kept, if at all, in files that only their owner reads.
 */
final class DevelopmentKeys {
  private DevelopmentKeys() {}

  /** For {@code COUNTERSIGN_KEYS}. */
  static String sealing(Path directory) {
    return "dev:" + kept(directory.resolve("sealing.key"));
  }

  /** For {@code COUNTERSIGN_GUARD_USERKEY}. */
  static String users(Path directory) {
    return kept(directory.resolve("users.key"));
  }

  /** For {@code countersign.receipts.key}. */
  static String receipts(Path directory) {
    return kept(directory.resolve("receipts.jwk"), DevelopmentKeys::madeToSign);
  }

  /** The same, kept nowhere. */
  static String newSealing() {
    return "dev:" + made();
  }

  /** The same, kept nowhere. */
  static String newUsers() {
    return made();
  }

  private static String made() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  private static String madeToSign() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate().toJSONString();
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java has P-256", e);
    }
  }

  private static String kept(Path file) {
    return kept(file, DevelopmentKeys::made);
  }

  private static String kept(Path file, Supplier<String> made) {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, made.get());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
