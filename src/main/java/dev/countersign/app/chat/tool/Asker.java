package dev.countersign.app.chat.tool;

import dev.countersign.approval.Approver;
import org.jspecify.annotations.Nullable;

/**
 * Whose calls of guarded tools are frozen.
 *
 * @param userID the {@code sub} of the user who asks, and who is asked
 * @param approver how the provider knows the user; null: by the {@code userID} alone
 * @param conversationId who is told what becomes of them
 * @param nextCall number of the next call in the conversation
 */
public record Asker(
    String userID, @Nullable Approver approver, String conversationId, int nextCall) {}
