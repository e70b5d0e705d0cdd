package dev.countersign.app.api;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Whoever calls has called too often. */
public final class TooManyRequestsException extends ProblemException {
  static final String DETAIL = "Too many requests came from you. Wait a while, then send it again.";

  /**
   * A refusal until later.
   *
   * @param wait after this there is room for one more
   */
  public TooManyRequestsException(Duration wait) {
    this(DETAIL, wait);
  }

  /** The same, with words of its own. */
  public TooManyRequestsException(String detail, Duration wait) {
    super(HttpStatus.TOO_MANY_REQUESTS, detail);
    getHeaders().set(HttpHeaders.RETRY_AFTER, retryAfter(wait));
  }

  /** Whole seconds (RFC 9110 10.2.3), at least one. */
  static String retryAfter(Duration wait) {
    return Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds()));
  }
}
