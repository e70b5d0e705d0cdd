package dev.countersign.app.login;

import dev.countersign.app.api.OperatorRole;
import dev.countersign.guard.UserDigest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Who is signed in, for the page. */
@RestController
class SessionController {
  private final PageProperties page;
  private final UserDigest users;
  private final OperatorRole operators;

  SessionController(PageProperties page, UserDigest users, OperatorRole operators) {
    this.page = page;
    this.users = users;
    this.operators = operators;
  }

  /**
   * Whether somebody is signed in, and who.
   *
   * @param user stands for the user in place of any name, as in the ids of what is theirs; null:
   *     not signed in
   * @param name what to call the user; null: not signed in
   * @param operator whether the user is an operator; the API checks that with each request too
   * @param expiresAt when they must sign in again; null: not signed in
   * @param embedded services that only stand in for real ones
   */
  record SessionView(
      boolean signedIn,
      @Nullable String user,
      @Nullable String name,
      boolean operator,
      @Nullable Instant expiresAt,
      List<EmbeddedService> embedded) {}

  /** The caller's login; 403 for callers who have none, but a token. */
  @GetMapping("/api/session")
  SessionView session(@Nullable Authentication authentication) {
    if (authentication == null) {
      return new SessionView(false, null, null, false, null, page.embedded());
    }
    if (authentication instanceof SessionAuthentication login) {
      Session session = login.session();
      return new SessionView(
          true,
          users.of(session.caller().sub()),
          session.name(),
          operators.isIn(session.claims()),
          Instant.ofEpochSecond(session.expiresAt()),
          page.embedded());
    }
    throw new ResponseStatusException(
        HttpStatus.FORBIDDEN,
        "This tells of a login at the page: call it without an Authorization header.");
  }
}
