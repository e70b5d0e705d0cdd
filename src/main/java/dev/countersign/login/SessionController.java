package dev.countersign.login;

import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Who is signed in, for the page. */
@RestController
class SessionController {
  private final PageProperties page;

  SessionController(PageProperties page) {
    this.page = page;
  }

  /**
   * A login.
   *
   * @param name what to call the user
   * @param expiresAt when they must sign in again
   * @param embedded services that only stand in for real ones
   */
  record SessionView(String name, Instant expiresAt, List<EmbeddedService> embedded) {}

  /** The caller's login; 403 for callers who have none, but a token. */
  @GetMapping("/api/session")
  SessionView session(Authentication authentication) {
    if (authentication instanceof SessionAuthentication login) {
      Session session = login.session();
      return new SessionView(
          session.name(), Instant.ofEpochSecond(session.expiresAt()), page.embedded());
    }
    throw new ResponseStatusException(
        HttpStatus.FORBIDDEN,
        "This tells of a login at the page: call it without an Authorization header.");
  }
}
