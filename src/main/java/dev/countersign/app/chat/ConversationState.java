package dev.countersign.app.chat;

import java.util.List;

/**
 * Where a conversation stands.
 *
 * @param messages all that the user sees, oldest first
 * @param purchaseIds all purchases started in it, oldest first
 */
public record ConversationState(
    String conversationId, List<ChatMessage> messages, List<String> purchaseIds) {
  public ConversationState {
    messages = List.copyOf(messages);
    purchaseIds = List.copyOf(purchaseIds);
  }
}
