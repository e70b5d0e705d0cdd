package dev.countersign.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Stands for a text where the text itself must not be, or is too long. */
public final class Sha256 {
  private Sha256() {}

  /** The SHA-256 of a text in UTF-8. */
  public static byte[] of(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** The same as 64 characters of {@code 0-9a-f}. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(of(text));
  }
}
