package dev.countersign.app.chat.conversation;

import dev.countersign.app.chat.transcript.ChatMessage;
import java.util.List;

/**
 * Where a conversation stands.
 *
 * @param messages all that the user sees, oldest first
 * @param callIds all calls started in it, oldest first
 */
public record ConversationState(
    String conversationId, List<ChatMessage> messages, List<String> callIds) {
  public ConversationState {
    messages = List.copyOf(messages);
    callIds = List.copyOf(callIds);
  }
}
