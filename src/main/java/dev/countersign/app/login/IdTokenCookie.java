package dev.countersign.app.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps the ID token for signing out at the provider, which takes it as a hint (OpenID Connect
 * RP-Initiated Logout 1.0 2). Only {@code /logout} gets to see it; one that is too large for a
 * cookie is not kept.
 */
final class IdTokenCookie {
  private static final int MOST_CHARACTERS = 3500;
  private static final String PURPOSE = "id-token";

  private final BrowserCookie cookie = new BrowserCookie("COUNTERSIGN_ID_TOKEN", "/logout");
  private final SealedJson sealed;

  IdTokenCookie(SealedJson sealed) {
    this.sealed = sealed;
  }

  Optional<String> read(HttpServletRequest request) {
    return cookie.read(request).flatMap(value -> sealed.open(value, PURPOSE, String.class));
  }

  void write(
      HttpServletRequest request, HttpServletResponse response, String idToken, Duration lifetime) {
    String value = sealed.seal(idToken, PURPOSE);
    if (value.length() <= MOST_CHARACTERS) {
      cookie.write(request, response, value, lifetime);
    } else {
      delete(request, response);
    }
  }

  void delete(HttpServletRequest request, HttpServletResponse response) {
    cookie.delete(request, response);
  }
}
