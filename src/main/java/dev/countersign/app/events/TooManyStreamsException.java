package dev.countersign.app.events;

import dev.countersign.app.api.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** The caller has as many event streams open as are allowed. */
final class TooManyStreamsException extends ProblemException {
  private static final String RETRY_AFTER_SECONDS = "5";

  TooManyStreamsException(int allowed) {
    super(
        HttpStatus.TOO_MANY_REQUESTS,
        "You watch conversations in "
            + allowed
            + " places already, and no more are allowed. Close one, then try again.");
    getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
  }
}
