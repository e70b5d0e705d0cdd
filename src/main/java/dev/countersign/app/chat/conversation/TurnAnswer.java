package dev.countersign.app.chat.conversation;

import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.Lists;
import java.util.List;

/**
 * What came of a turn.
 *
 * @param messages the new ones: the user's own and the answer
 * @param callIds the calls started in this turn
 */
public record TurnAnswer(String conversationId, List<ChatMessage> messages, List<String> callIds) {
  public TurnAnswer {
    messages = Lists.orNone(messages);
    callIds = Lists.orNone(callIds);
  }
}
