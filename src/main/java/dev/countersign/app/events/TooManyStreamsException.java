package dev.countersign.app.events;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The caller has as many event streams open as are allowed. */
final class TooManyStreamsException extends ErrorResponseException {
  private static final String RETRY_AFTER_SECONDS = "5";

  TooManyStreamsException(int allowed) {
    super(
        HttpStatus.TOO_MANY_REQUESTS,
        ProblemDetail.forStatusAndDetail(
            HttpStatus.TOO_MANY_REQUESTS,
            "You watch conversations in "
                + allowed
                + " places already, and no more are allowed. Close one, then try again."),
        null);
    getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
  }
}
