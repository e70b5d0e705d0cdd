package dev.countersign.vault;

/**
 * A secret that only a {@link Vault} with the same key, told the same owner, can open. Safe to
 * store and to log.
 *
 * @param keyId name of the key that sealed it
 * @param ciphertext Base64 of the sealed bytes
 */
public record Sealed(String keyId, String ciphertext) {
  @Override
  public String toString() {
    return "Sealed[keyId=" + keyId + ", " + ciphertext.length() + " characters]";
  }
}
