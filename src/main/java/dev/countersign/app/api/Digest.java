package dev.countersign.app.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Stands for a text where the text itself must not be: half of its SHA-256, in hex. */
public final class Digest {
  private static final int BYTES = 16;

  private Digest() {}

  /**
   * The digest of a text.
   *
   * @return 32 characters of {@code 0-9a-f}
   */
  public static String of(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
