package dev.countersign.app.chat.conversation;

import dev.countersign.app.api.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What was said is known to the conversation alone, and it doesn't answer at the moment. */
public final class ConversationSilentException extends ProblemException {
  private static final String RETRY_AFTER_SECONDS = "5";

  ConversationSilentException(Throwable cause) {
    super(
        HttpStatus.SERVICE_UNAVAILABLE,
        "The conversation can't be shown at the moment. Nothing is lost: ask again in a few"
            + " seconds.",
        cause);
    getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
  }
}
