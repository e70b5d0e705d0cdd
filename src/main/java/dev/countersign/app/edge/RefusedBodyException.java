package dev.countersign.app.edge;

import jakarta.servlet.http.HttpServletResponse;
import org.apache.coyote.BadRequestException;

/** A body that isn't read on. */
final class RefusedBodyException extends BadRequestException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private RefusedBodyException(int status, String message) {
    super(message);
    this.status = status;
  }

  static RefusedBodyException tooLong() {
    return new RefusedBodyException(
        HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "The body is too long");
  }

  static RefusedBodyException tooSlow() {
    return new RefusedBodyException(
        HttpServletResponse.SC_REQUEST_TIMEOUT, "The body comes too slowly");
  }

  /** By which the request is answered. */
  int status() {
    return status;
  }
}
