package dev.countersign.guard;

import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.Vault;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/**
 * That a call was done, said by the process that did it, and sealed there: whoever may write to
 * Temporal can complete a run that there never was, but not with this. Lives in histories: new
 * components must be nullable.
 *
 * @param number 1 for the first time that the call was run
 * @param begunAt when the method was called
 * @param doneAt when it had returned
 */
public record RunWitness(int number, Instant begunAt, Instant doneAt) {
  private static final JsonMapper JSON = new JsonMapper();

  Sealed seal(Vault vault, String owner) {
    return vault.seal(JSON.writeValueAsString(this), of(owner));
  }

  /**
   * Opens what was sealed.
   *
   * @throws SealBrokenException if it was sealed for something else, or changed
   */
  static RunWitness open(Sealed sealed, Vault vault, String owner) {
    return JSON.readValue(vault.open(sealed, of(owner)), RunWitness.class);
  }

  private static String of(String owner) {
    return "done " + owner;
  }
}
