package dev.countersign.app.chat;

import dev.countersign.app.purchase.PurchaseState;
import java.util.List;

/**
 * A conversation, or what a turn added to it, as the API shows it.
 *
 * @param messages oldest first
 * @param purchases oldest first, each as it stands now
 */
record ChatView(String conversationId, List<ChatMessage> messages, List<PurchaseState> purchases) {
  ChatView {
    messages = List.copyOf(messages);
    purchases = List.copyOf(purchases);
  }
}
