package dev.countersign.app.login;

import dev.countersign.vault.Purpose;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.Vault;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Values that browsers keep for this application, unreadable and unchangeable for them. */
final class SealedJson {
  /** No workflow and no user is called so, for whom other secrets are sealed. */
  private static final String OWNER = "\0cookie:";

  private final Vault vault;
  private final JsonMapper json;

  SealedJson(Vault vault, JsonMapper json) {
    this.vault = vault.forPurpose(Purpose.COOKIES);
    this.json = json;
  }

  /**
   * Seals a value.
   *
   * @param purpose what it is good for: for no other purpose can it be opened
   */
  String seal(Object value, String purpose) {
    return vault.seal(json.writeValueAsString(value), OWNER + purpose).compact();
  }

  /** The value; empty if it wasn't sealed for this purpose by a key that is still there. */
  <T> Optional<T> open(String sealed, String purpose, Class<T> type) {
    try {
      return Optional.of(
          json.readValue(vault.open(Sealed.ofCompact(sealed), OWNER + purpose), type));
    } catch (SealBrokenException | JacksonException e) {
      return Optional.empty();
    }
  }
}
