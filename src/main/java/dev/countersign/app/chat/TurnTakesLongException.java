package dev.countersign.app.chat;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The turn goes on, but its answer didn't come while the caller could wait for it. */
final class TurnTakesLongException extends ErrorResponseException {
  TurnTakesLongException(Throwable cause) {
    super(
        HttpStatus.GATEWAY_TIMEOUT,
        ProblemDetail.forStatusAndDetail(
            HttpStatus.GATEWAY_TIMEOUT,
            "The answer takes longer than usual. Nothing is lost: send the same message again with"
                + " the same Idempotency-Key to get it."),
        cause);
  }
}
