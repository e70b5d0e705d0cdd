package dev.countersign.app.chat.conversation;

import dev.countersign.app.api.ProblemException;
import org.springframework.http.HttpStatus;

/** The caller has no conversation of that id, or it has ended. */
public final class ConversationNotFoundException extends ProblemException {
  public ConversationNotFoundException() {
    super(HttpStatus.NOT_FOUND, "You have no conversation of that id, or it has ended.");
  }
}
