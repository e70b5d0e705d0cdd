package dev.countersign.app.chat;

import dev.countersign.app.purchase.ApproverHints;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/chat}.
 *
 * @param message what the user says; 1 to 4,000 characters, not only white space
 * @param conversationId null: begin a conversation
 * @param loginHintToken as in {@link dev.countersign.app.purchase.PurchaseRequest}, for what this
 *     turn buys; so are {@code idTokenHint} and {@code userCode}
 */
record ChatRequest(
    @NotBlank(message = "must not be blank")
        @Size(max = 4_000, message = "must have at most 4,000 characters")
        @Nullable String message,
    @Nullable String conversationId,
    @Nullable String loginHintToken,
    @Nullable String idTokenHint,
    @Nullable String userCode) {

  ApproverHints approverHints() {
    return new ApproverHints(loginHintToken, idTokenHint, userCode);
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "ChatRequest[message="
        + message
        + ", conversationId="
        + conversationId
        + ", "
        + approverHints()
        + "]";
  }
}
