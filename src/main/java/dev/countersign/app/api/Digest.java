package dev.countersign.app.api;

import dev.countersign.vault.Sha256;

/**
 * Stands for a text where the text itself must not be: half of its SHA-256, in hex. Not for users,
 * whose names can be guessed: {@code UserDigest} stands for them.
 */
public final class Digest {
  private static final int CHARACTERS = 32;

  private Digest() {}

  /**
   * The digest of a text.
   *
   * @return 32 characters of {@code 0-9a-f}
   */
  public static String of(String text) {
    return Sha256.hex(text).substring(0, CHARACTERS);
  }
}
