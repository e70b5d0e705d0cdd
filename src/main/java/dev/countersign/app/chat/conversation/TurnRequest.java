package dev.countersign.app.chat.conversation;

import dev.countersign.approval.Approver;
import org.jspecify.annotations.Nullable;

/**
 * Input of {@link ConversationWorkflow#turn}.
 *
 * @param message what the user says, not blank
 * @param key digest of the {@code Idempotency-Key}: the same key gets the same answer
 * @param approver who is to approve what this turn buys; null: known by the {@code userID} alone
 */
public record TurnRequest(String message, String key, @Nullable Approver approver) {}
