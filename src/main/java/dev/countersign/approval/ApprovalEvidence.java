package dev.countersign.approval;

import dev.countersign.ciba.GrantFacts;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.Vault;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is known of an approval, kept for a receipt. It is sealed where the grant was checked, for
 * the run of the workflow that asked and for what it asked: whoever may write to Temporal can't
 * make one up, nor move it to another call. Lives in histories: new components must be nullable.
 *
 * @param askedAt when the request was sent
 * @param approvedAt when the grant arrived
 * @param facts what the grant says of who approved
 */
public record ApprovalEvidence(Instant askedAt, Instant approvedAt, GrantFacts facts) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Seals it.
   *
   * @param owner whom the access token is sealed for, by {@link TokenOwner}
   */
  Sealed seal(Vault vault, String owner) {
    return vault.seal(JSON.writeValueAsString(this), of(owner));
  }

  /**
   * Opens what was sealed.
   *
   * @param owner whom the access token is sealed for, by {@link TokenOwner}
   * @throws SealBrokenException if it was sealed for something else, or changed
   */
  public static ApprovalEvidence open(Sealed sealed, Vault vault, String owner) {
    return JSON.readValue(vault.open(sealed, of(owner)), ApprovalEvidence.class);
  }

  private static String of(String owner) {
    return "evidence of " + owner;
  }
}
