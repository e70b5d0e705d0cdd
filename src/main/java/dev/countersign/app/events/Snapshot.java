package dev.countersign.app.events;

import dev.countersign.app.chat.ChatMessage;
import dev.countersign.app.purchase.PurchaseState;
import java.util.List;
import java.util.Objects;

/**
 * A conversation and its purchases as a viewer is to see them.
 *
 * @param messages oldest first
 * @param purchases oldest first
 * @param ended whether the conversation is no more
 */
record Snapshot(List<ChatMessage> messages, List<PurchaseState> purchases, boolean ended) {
  Snapshot {
    messages = List.copyOf(messages);
    purchases = List.copyOf(purchases);
  }

  int lastMessage() {
    return messages.isEmpty() ? 0 : messages.getLast().id();
  }

  List<ChatMessage> messagesAfter(int number) {
    return messages.stream().filter(message -> message.id() > number).toList();
  }

  /** Rises with every change of a purchase: each one's version does. */
  long versions() {
    return purchases.stream()
        .mapToLong(purchase -> Objects.requireNonNullElse(purchase.version(), 0))
        .sum();
  }
}
