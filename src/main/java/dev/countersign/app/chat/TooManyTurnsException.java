package dev.countersign.app.chat;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Nine turns of the conversation are still waiting for their answers. */
final class TooManyTurnsException extends ErrorResponseException {
  TooManyTurnsException() {
    super(
        HttpStatus.TOO_MANY_REQUESTS,
        ProblemDetail.forStatusAndDetail(
            HttpStatus.TOO_MANY_REQUESTS,
            "9 messages of this conversation still wait for their answers. Please send this one"
                + " again when they have come."),
        null);
  }
}
