package dev.countersign.app.chat.conversation;

import dev.countersign.app.api.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Nine turns of the conversation are still waiting for their answers. */
final class TooManyTurnsException extends ProblemException {
  private static final String RETRY_AFTER_SECONDS = "5";

  TooManyTurnsException() {
    super(
        HttpStatus.TOO_MANY_REQUESTS,
        "9 messages of this conversation still wait for their answers. Please send this one"
            + " again when they have come.");
    getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
  }
}
