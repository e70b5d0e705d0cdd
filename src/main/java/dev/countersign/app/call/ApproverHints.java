package dev.countersign.app.call;

import org.jspecify.annotations.Nullable;

/**
 * What a call may say of who is to approve, not yet checked. All of it is secret.
 *
 * @param loginHintToken a token that names them to the provider; null: none
 * @param idTokenHint an ID token of theirs that the provider has issued; null: none
 * @param userCode what only they know; null: none
 */
public record ApproverHints(
    @Nullable String loginHintToken, @Nullable String idTokenHint, @Nullable String userCode) {
  /** The call says nothing. */
  public static final ApproverHints NONE = new ApproverHints(null, null, null);

  @Override
  public String toString() {
    return "ApproverHints[loginHintToken="
        + length(loginHintToken)
        + ", idTokenHint="
        + length(idTokenHint)
        + ", userCode="
        + (userCode == null ? "none" : "given")
        + "]";
  }

  private static String length(@Nullable String secret) {
    return secret == null ? "none" : secret.length() + " characters";
  }
}
