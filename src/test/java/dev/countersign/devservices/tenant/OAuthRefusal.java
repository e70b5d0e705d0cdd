package dev.countersign.devservices.tenant;

import org.springframework.http.HttpStatus;

/** An OAuth 2.0 error answer (RFC 6749 5.2). */
final class OAuthRefusal extends RuntimeException {
  private final HttpStatus status;
  private final String error;

  private OAuthRefusal(HttpStatus status, String error, String description) {
    super(description);
    this.status = status;
    this.error = error;
  }

  static OAuthRefusal badRequest(String error, String description) {
    return new OAuthRefusal(HttpStatus.BAD_REQUEST, error, description);
  }

  static OAuthRefusal invalidClient() {
    return new OAuthRefusal(HttpStatus.UNAUTHORIZED, "invalid_client", "Unauthorized");
  }

  HttpStatus status() {
    return status;
  }

  String error() {
    return error;
  }
}
