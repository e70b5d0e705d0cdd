package dev.countersign.app.chat;

import dev.countersign.app.call.CallView;
import dev.countersign.app.chat.transcript.ChatMessage;
import java.util.List;

/**
 * A conversation, or what a turn added to it, as the API shows it.
 *
 * @param messages oldest first
 * @param calls oldest first, each as it stands now
 */
record ChatView(String conversationId, List<ChatMessage> messages, List<CallView> calls) {
  ChatView {
    messages = List.copyOf(messages);
    calls = List.copyOf(calls);
  }
}
