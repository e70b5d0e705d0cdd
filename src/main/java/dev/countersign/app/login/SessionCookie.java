package dev.countersign.app.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a session is: in a sealed cookie of the user's browser. */
final class SessionCookie {
  static final String NAME = "COUNTERSIGN_SESSION";

  /** Browsers take 4,096 bytes for name and value together. */
  private static final int MOST_CHARACTERS = 3800;

  /** Sessions without an id, of before sign-outs were known everywhere, had another one. */
  private static final String PURPOSE = "session-2";

  /** How exactly it is known when a user last did something. */
  private static final Duration BETWEEN_RENEWALS = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(SessionCookie.class);

  private final BrowserCookie cookie = new BrowserCookie(NAME, "/");
  private final SealedJson sealed;
  private final Clock clock;
  private final Duration idleTimeout;
  private final Predicate<Session> ended;

  /**
   * Keeps sessions.
   *
   * @param idleTimeout after which one is over whose user does nothing
   * @param ended which were ended before their time
   */
  SessionCookie(SealedJson sealed, Clock clock, Duration idleTimeout, Predicate<Session> ended) {
    this.sealed = sealed;
    this.clock = clock;
    this.idleTimeout = idleTimeout;
    this.ended = ended;
  }

  boolean isIn(HttpServletRequest request) {
    return cookie.read(request).isPresent();
  }

  /** The request's session; empty if there is none, or it is over or ended, or no key opens it. */
  Optional<Session> read(HttpServletRequest request) {
    return cookie
        .read(request)
        .flatMap(value -> sealed.open(value, PURPOSE, Session.class))
        .filter(this::counts);
  }

  /** Whether a session is neither over nor ended. */
  boolean counts(Session session) {
    return !session.isOver(clock.instant(), idleTimeout) && !ended.test(session);
  }

  /** Remembers that the user has done something, now and then. */
  void renew(HttpServletRequest request, HttpServletResponse response, Session session) {
    Duration tenth = idleTimeout.dividedBy(10);
    Duration often = tenth.compareTo(BETWEEN_RENEWALS) < 0 ? tenth : BETWEEN_RENEWALS;
    if (clock.instant().getEpochSecond() - session.seenAt() >= often.toSeconds()) {
      write(request, response, session.seenAt(clock.instant()));
    }
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
    Duration lifetime =
        Duration.ofSeconds(session.endsAt(idleTimeout) - clock.instant().getEpochSecond());
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
