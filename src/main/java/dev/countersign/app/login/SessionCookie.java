package dev.countersign.app.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a session is: in a sealed cookie of the user's browser. */
final class SessionCookie {
  static final String NAME = "COUNTERSIGN_SESSION";

  /** Browsers take 4,096 bytes for name and value together. */
  private static final int MOST_CHARACTERS = 3800;

  private static final String PURPOSE = "session";
  private static final Logger log = LoggerFactory.getLogger(SessionCookie.class);

  private final BrowserCookie cookie = new BrowserCookie(NAME, "/");
  private final SealedJson sealed;
  private final Clock clock;

  SessionCookie(SealedJson sealed, Clock clock) {
    this.sealed = sealed;
    this.clock = clock;
  }

  boolean isIn(HttpServletRequest request) {
    return cookie.read(request).isPresent();
  }

  /** The request's session; empty if there is none, or it is over, or no key opens it. */
  Optional<Session> read(HttpServletRequest request) {
    return cookie
        .read(request)
        .flatMap(value -> sealed.open(value, PURPOSE, Session.class))
        .filter(session -> !session.isOver(clock.instant()));
  }

  /**
   * Keeps a session, without the largest claims if it were too large for a cookie.
   *
   * @throws SessionTooLargeException if it is too large even without claims
   */
  void write(HttpServletRequest request, HttpServletResponse response, Session session) {
    String value = sealed.seal(session, PURPOSE);
    if (value.length() > MOST_CHARACTERS) {
      write(request, response, smaller(session));
      return;
    }
    Duration lifetime = Duration.ofSeconds(session.expiresAt() - clock.instant().getEpochSecond());
    cookie.write(request, response, value, lifetime);
  }

  private static Session smaller(Session session) {
    String largest =
        session.claims().entrySet().stream()
            .max(Comparator.comparingInt(claim -> claim.getValue().toString().length()))
            .map(Map.Entry::getKey)
            .orElseThrow(SessionTooLargeException::new);
    log.warn(
        "The claim {} of a login is too large for the session's cookie and is left out: purchases"
            + " that need it will be refused. Have the identity provider give a shorter one.",
        largest);
    return session.without(largest);
  }

  void delete(HttpServletRequest request, HttpServletResponse response) {
    cookie.delete(request, response);
  }
}
