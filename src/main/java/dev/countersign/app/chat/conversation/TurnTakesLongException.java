package dev.countersign.app.chat.conversation;

import dev.countersign.app.api.ProblemException;
import org.springframework.http.HttpStatus;

/** The turn goes on, but its answer didn't come while the caller could wait for it. */
final class TurnTakesLongException extends ProblemException {
  TurnTakesLongException(Throwable cause) {
    super(
        HttpStatus.GATEWAY_TIMEOUT,
        "The assistant is still working on the answer. Nothing is lost: it comes to the"
            + " conversation by itself, and to whoever sends the same message again with the same"
            + " Idempotency-Key.",
        cause);
  }
}
