package dev.countersign.approval;

import dev.countersign.vault.Vault;

/** Notification tokens as requests have them. */
public final class TestTokens {
  private TestTokens() {}

  public static String mint(Vault vault, String workflowId) {
    return new NotificationTokens(vault).mint(workflowId).value();
  }

  public static String workflowId(Vault vault, String token) {
    return new NotificationTokens(vault).workflowId(token).orElseThrow();
  }
}
