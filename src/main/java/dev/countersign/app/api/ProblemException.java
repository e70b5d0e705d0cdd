package dev.countersign.app.api;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A request that is answered by a problem detail (RFC 9457): a status, and a sentence. */
public class ProblemException extends ErrorResponseException {

  /**
   * A problem.
   *
   * @param detail tells the caller what to do
   */
  public ProblemException(HttpStatus status, String detail) {
    this(status, detail, null);
  }

  /**
   * A problem that has a cause of its own.
   *
   * @param detail tells the caller what to do
   */
  public ProblemException(HttpStatus status, String detail, @Nullable Throwable cause) {
    super(status, ProblemDetail.forStatusAndDetail(status, detail), cause);
  }
}
