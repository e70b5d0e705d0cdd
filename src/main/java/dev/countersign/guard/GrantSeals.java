package dev.countersign.guard;

import dev.countersign.vault.Purpose;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.Vault;

/**
 * Seals the tokens of remembered approvals: each opens only for calls of its likeness, as the
 * approval of that call, at that time, until that time.
 */
record GrantSeals(Vault vault) {
  GrantSeals {
    vault = vault.forPurpose(Purpose.GRANTS);
  }

  Sealed seal(String token, String likeness, CoveredBy approval) {
    return vault.seal(token, owner(likeness, approval));
  }

  /**
   * The token.
   *
   * @throws dev.countersign.vault.SealBrokenException if it was sealed for anything else
   * @throws dev.countersign.vault.UnknownKeyException if this process lacks the key
   */
  String open(Sealed token, String likeness, CoveredBy approval) {
    return vault.open(token, owner(likeness, approval));
  }

  private static String owner(String likeness, CoveredBy approval) {
    return "grant %s %d:%s %d %d"
        .formatted(
            likeness,
            approval.callId().length(),
            approval.callId(),
            approval.approvedAt().toEpochMilli(),
            approval.expiresAt().toEpochMilli());
  }
}
