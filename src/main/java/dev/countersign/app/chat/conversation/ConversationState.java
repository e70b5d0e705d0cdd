package dev.countersign.app.chat.conversation;

import dev.countersign.app.chat.transcript.ChatMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a conversation stands.
 *
 * @param messages all that the user sees, oldest first
 * @param callIds all calls started in it, oldest first
 * @param answering number of the user's message that is being answered; null: none is
 */
public record ConversationState(
    String conversationId,
    List<ChatMessage> messages,
    List<String> callIds,
    @Nullable Integer answering) {
  public ConversationState {
    messages = List.copyOf(messages);
    callIds = List.copyOf(callIds);
  }
}
