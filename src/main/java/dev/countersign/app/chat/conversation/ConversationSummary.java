package dev.countersign.app.chat.conversation;

import dev.countersign.app.chat.transcript.ChatMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in a list.
 *
 * @param title what its user has called it, or else the first message, shortened to at most 60
 *     characters; null: nothing was said yet, or no worker answered in time
 * @param lastMessage the newest message, its text shortened to at most 200 characters; null:
 *     nothing was said yet, or no worker answered in time
 * @param startedAt when the conversation began, ISO-8601 in UTC
 * @param found the part of the newest message that has the words that were searched for, at most
 *     200 characters; null: nothing was searched for, or the title has them
 */
public record ConversationSummary(
    String conversationId,
    @Nullable String title,
    @Nullable ChatMessage lastMessage,
    Instant startedAt,
    @Nullable String found) {
  private static final int TITLE = 60;
  private static final int MESSAGE = 200;

  /**
   * Of what was said.
   *
   * @param title what its user has called it; null: nothing
   * @param messages all of them, oldest first
   * @param runStartedAt stands in while nothing was said
   */
  static ConversationSummary of(
      String id, @Nullable String title, List<ChatMessage> messages, Instant runStartedAt) {
    if (messages.isEmpty()) {
      return new ConversationSummary(id, title, null, runStartedAt, null);
    }
    ChatMessage first = messages.getFirst(); // of the first run: all messages travel along
    ChatMessage last = messages.getLast();
    return new ConversationSummary(
        id,
        title == null ? Shortened.text(first.text(), TITLE) : title,
        new ChatMessage(
            last.id(), last.role(), Shortened.text(last.text(), MESSAGE), last.at(), last.callId()),
        first.at(),
        null);
  }

  /** One of which nothing is known but that it is there. */
  static ConversationSummary silent(String id, Instant startedAt) {
    return new ConversationSummary(id, null, null, startedAt, null);
  }

  /** The same if its title or one of its messages has these words; null: none has. */
  @Nullable ConversationSummary found(SearchWords words, List<ChatMessage> messages) {
    if (title != null && words.areIn(title)) {
      return this;
    }
    for (ChatMessage message : messages.reversed()) {
      if (words.areIn(message.text())) {
        return new ConversationSummary(
            conversationId, title, lastMessage, startedAt, words.excerpt(message.text(), MESSAGE));
      }
    }
    return null;
  }
}
