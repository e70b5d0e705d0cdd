package dev.countersign.app.chat;

import dev.countersign.app.call.ApproverHints;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/chat}.
 *
 * @param message what the user says; 1 to 4,000 characters, not only white space
 * @param conversationId null: begin a conversation
 * @param loginHintToken a token that names the approver to the provider ({@code login_hint_token},
 *     CIBA Core 7.1), for what this turn asks for, a secret; null: none
 * @param idTokenHint an ID token of the approver's ({@code id_token_hint}), a secret; null: none
 * @param userCode what only the user knows ({@code user_code}, CIBA Core 7.1.2), a secret; null:
 *     none
 */
record ChatRequest(
    @NotNull(message = "must not be blank")
        @Pattern(regexp = "(?sU).*[^\\s\\p{Cc}].*", message = "must not be blank")
        @Size(max = 4_000, message = "must have at most 4,000 characters")
        @Nullable String message,
    @Nullable String conversationId,
    @Nullable String loginHintToken,
    @Nullable String idTokenHint,
    @Nullable String userCode) {

  ApproverHints approverHints() {
    return new ApproverHints(loginHintToken, idTokenHint, userCode);
  }

  /** Shows no secret, and nothing that a user says: Spring logs this at DEBUG. */
  @Override
  public String toString() {
    return "ChatRequest[message of "
        + (message == null ? 0 : message.length())
        + " characters, conversationId="
        + conversationId
        + ", "
        + approverHints()
        + "]";
  }
}
