package dev.countersign.app.chat;

import dev.countersign.app.api.ProblemException;
import org.springframework.http.HttpStatus;

/** 422: this {@code Idempotency-Key} came with another message before. */
final class KeyUsedBeforeException extends ProblemException {
  KeyUsedBeforeException() {
    super(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "This Idempotency-Key was used for another message before. Use a new one.");
  }
}
