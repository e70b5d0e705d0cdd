package dev.countersign.app.chat;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** 422: this {@code Idempotency-Key} came with another message before. */
final class KeyUsedBeforeException extends ErrorResponseException {
  KeyUsedBeforeException() {
    super(
        HttpStatus.UNPROCESSABLE_CONTENT,
        ProblemDetail.forStatusAndDetail(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "This Idempotency-Key was used for another message before. Use a new one."),
        null);
  }
}
