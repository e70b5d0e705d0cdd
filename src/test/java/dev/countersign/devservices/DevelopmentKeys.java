package dev.countersign.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The {@code COUNTERSIGN_KEYS} of development: made once, kept in a file that only its owner reads.
 */
final class DevelopmentKeys {
  private DevelopmentKeys() {}

  static String in(Path directory) {
    Path file = directory.resolve("countersign.keys");
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(directory);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.writeString(file, "dev:" + Base64.getEncoder().encodeToString(key));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
