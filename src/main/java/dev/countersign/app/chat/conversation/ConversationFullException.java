package dev.countersign.app.chat.conversation;

import dev.countersign.app.api.ProblemException;
import org.springframework.http.HttpStatus;

/** The conversation takes no more turns. */
final class ConversationFullException extends ProblemException {
  ConversationFullException() {
    super(
        HttpStatus.CONFLICT,
        "This conversation is full (500 messages or 512 KB). Please start a new conversation;"
            + " what was asked for in this one goes on.");
  }
}
