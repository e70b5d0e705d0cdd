package dev.countersign.app.chat;

import org.jspecify.annotations.Nullable;

/**
 * Input of {@link ConversationWorkflow#converse}.
 *
 * @param userID the {@code sub} of the user whose conversation this is
 * @param turnsPerRun turns after which the workflow continues as new; null: when the server
 *     suggests it
 * @param memory what the run before knew; null: this is the first
 */
public record ConversationInput(
    String userID, @Nullable Integer turnsPerRun, @Nullable ConversationMemory memory) {

  /** The start of a conversation. */
  static ConversationInput first(String userID) {
    return new ConversationInput(userID, null, null);
  }
}
