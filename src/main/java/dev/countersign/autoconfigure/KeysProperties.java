package dev.countersign.autoconfigure;

import dev.countersign.vault.Vault;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys that seal secrets before they are stored.
 *
 * @param keys {@code k2:<Base64 of 32 bytes>,k1:<Base64 of 32 bytes>}; the first seals, all open
 *     (environment variable {@code COUNTERSIGN_KEYS})
 */
@ConfigurationProperties("countersign")
public record KeysProperties(@DefaultValue("") String keys) {
  private static final String SETTING = "countersign.keys (COUNTERSIGN_KEYS)";

  public KeysProperties {
    if (keys.isBlank()) {
      throw new IllegalArgumentException(
          SETTING
              + " is not set. Make a key with \"openssl rand -base64 32\" and set"
              + " COUNTERSIGN_KEYS=k1:<key>. Keep it: without it, approvals under way can't be"
              + " finished.");
    }
    vault(keys);
  }

  /** A vault with these keys. */
  public Vault vault() {
    return vault(keys);
  }

  private static Vault vault(String keys) {
    try {
      return Vault.withKeys(keys);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(SETTING + " is wrong: " + e.getMessage() + ".", e);
    }
  }

  @Override
  public String toString() {
    return "KeysProperties[]";
  }
}
