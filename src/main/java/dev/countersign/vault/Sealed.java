package dev.countersign.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * A secret that only a {@link Vault} with the same key, told the same owner, can open. Safe to
 * store and to log.
 *
 * @param keyId name of the key that sealed it
 * @param ciphertext Base64 of the sealed bytes
 */
public record Sealed(String keyId, String ciphertext) {

  /** One text of letters, digits, {@code -}, {@code _} and {@code .}, for cookies. */
  public String compact() {
    Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
    return url.encodeToString(keyId.getBytes(UTF_8))
        + "."
        + url.encodeToString(Base64.getDecoder().decode(ciphertext));
  }

  /**
   * Reads what {@link #compact} wrote.
   *
   * @throws SealBrokenException if it is nothing such
   */
  public static Sealed ofCompact(String text) {
    int dot = text.indexOf('.');
    try {
      Base64.Decoder url = Base64.getUrlDecoder();
      return new Sealed(
          new String(url.decode(text.substring(0, Math.max(dot, 0))), UTF_8),
          Base64.getEncoder().encodeToString(url.decode(text.substring(dot + 1))));
    } catch (IllegalArgumentException e) {
      throw new SealBrokenException("A sealed text is not one");
    }
  }

  @Override
  public String toString() {
    return "Sealed[keyId=" + keyId + ", " + ciphertext.length() + " characters]";
  }
}
