package dev.countersign.app.chat.conversation;

import dev.countersign.app.api.ProblemException;
import org.springframework.http.HttpStatus;

/** The turn goes on, but its answer didn't come while the caller could wait for it. */
final class TurnTakesLongException extends ProblemException {
  TurnTakesLongException(Throwable cause) {
    super(
        HttpStatus.GATEWAY_TIMEOUT,
        "The answer takes longer than usual. Nothing is lost: send the same message again with"
            + " the same Idempotency-Key to get it.",
        cause);
  }
}
