package dev.countersign.app.events;

import dev.countersign.app.call.CallView;
import dev.countersign.app.chat.transcript.ChatMessage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation and its calls as a viewer is to see them.
 *
 * @param messages oldest first
 * @param calls oldest first
 * @param draft what may be shown of an answer that is still coming, after the messages; null:
 *     nothing
 * @param ended whether the conversation is no more
 */
record Snapshot(
    List<ChatMessage> messages, List<CallView> calls, @Nullable String draft, boolean ended) {
  Snapshot {
    messages = List.copyOf(messages);
    calls = List.copyOf(calls);
  }

  int lastMessage() {
    return messages.isEmpty() ? 0 : messages.getLast().id();
  }

  List<ChatMessage> messagesAfter(int number) {
    return messages.stream().filter(message -> message.id() > number).toList();
  }

  /** Rises with every change of a call: each one's version does. */
  long versions() {
    return calls.stream().mapToLong(call -> Objects.requireNonNullElse(call.version(), 0)).sum();
  }
}
