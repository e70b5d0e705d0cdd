package dev.countersign.app.login;

import org.springframework.security.core.AuthenticationException;

/** The login's {@code sub} alone is too large for a cookie. */
final class SessionTooLargeException extends AuthenticationException {
  SessionTooLargeException() {
    super("the user's sub is too large for the session's cookie");
  }
}
