package dev.countersign.app.login;

import dev.countersign.app.api.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** The page still shows one user's, and another has signed in by another tab. */
final class AnotherUserException extends ProblemException {
  AnotherUserException() {
    super(
        HttpStatus.UNAUTHORIZED,
        "Another user has signed in at this browser: load the page again.");
    getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
  }
}
