package dev.countersign.app.chat.conversation;

import dev.countersign.app.chat.transcript.ChatMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in a list.
 *
 * @param title the first message, shortened to at most 60 characters; null: nothing was said yet,
 *     or no worker answered in time
 * @param lastMessage the newest message, its text shortened to at most 200 characters; null as
 *     {@code title}
 * @param startedAt when the conversation began, ISO-8601 in UTC
 */
public record ConversationSummary(
    String conversationId,
    @Nullable String title,
    @Nullable ChatMessage lastMessage,
    Instant startedAt) {
  private static final int TITLE = 60;
  private static final int LAST_MESSAGE = 200;

  /**
   * Of what was said.
   *
   * @param messages all of them, oldest first
   * @param runStartedAt stands in while nothing was said
   */
  static ConversationSummary of(String id, List<ChatMessage> messages, Instant runStartedAt) {
    if (messages.isEmpty()) {
      return new ConversationSummary(id, null, null, runStartedAt);
    }
    ChatMessage first = messages.getFirst(); // of the first run: all messages travel along
    ChatMessage last = messages.getLast();
    return new ConversationSummary(
        id,
        Shortened.text(first.text(), TITLE),
        new ChatMessage(
            last.id(),
            last.role(),
            Shortened.text(last.text(), LAST_MESSAGE),
            last.at(),
            last.callId()),
        first.at());
  }
}
