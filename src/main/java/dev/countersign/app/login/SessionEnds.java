package dev.countersign.app.login;

import dev.countersign.app.api.Digest;
import dev.countersign.app.signout.SignOut;
import dev.countersign.app.signout.SignOut.What;
import dev.countersign.app.signout.SignOuts;
import dev.countersign.app.signout.SignedIn;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.guard.UserDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Ends sessions before their time, whoever has their cookies and at whatever process. */
final class SessionEnds {
  /** Clocks of the provider and of Temporal differ by less. */
  private static final Duration MARGIN = Duration.ofHours(2);

  /** The provider's clock is read off answers that are dated to the second. */
  private static final Duration BEHIND = Duration.ofSeconds(2);

  private final SignOuts signOuts;
  private final UserDigest users;
  private final Clock clock;
  private final Duration lifetime;

  /**
   * Ends sessions of this application.
   *
   * @param clock the provider's
   * @param lifetime the longest of any session
   */
  SessionEnds(SignOuts signOuts, UserDigest users, Clock clock, Duration lifetime) {
    this.signOuts = signOuts;
    this.users = users;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /** Whether it is known here who has signed out elsewhere. */
  boolean areKnown() {
    return signOuts.isCurrent();
  }

  /** Whether a session was ended, as far as is known here. */
  boolean have(Session session) {
    return signOuts.haveEnded(
        new SignedIn(
            Digest.of(session.id()),
            session.providerSession(),
            users.of(session.sub()),
            session.begunAt()));
  }

  /**
   * Ends one.
   *
   * @throws RuntimeException if the other processes can't be told yet
   */
  void end(Session session) {
    end(What.SESSION, Digest.of(session.id()), session.begunAt(), users.of(session.sub()));
  }

  /**
   * Ends all that its user has by now, those of logins a moment ago included.
   *
   * @throws RuntimeException if the other processes can't be told yet
   */
  void endAllOf(Session session) {
    long now = clock.instant().plus(BEHIND).getEpochSecond();
    end(What.USER, users.of(session.sub()), Math.max(now, session.begunAt()), null);
  }

  /**
   * Ends what the provider says has ended.
   *
   * @param sub whose; null: it names a session only
   * @param sid its session; null: all of the user's
   * @param at when that was
   * @throws RuntimeException if the other processes can't be told yet
   */
  void endOfProvider(@Nullable String sub, @Nullable String sid, Instant at) {
    if (sid != null) {
      end(
          What.PROVIDER_SESSION,
          providerSession(sid),
          at.getEpochSecond(),
          sub == null ? null : users.of(sub));
      if (sub != null) { // it doesn't name sessions in its ID tokens, perhaps
        end(What.UNNAMED, users.of(sub), at.getEpochSecond(), null);
      }
    } else if (sub != null) {
      end(What.USER, users.of(sub), at.getEpochSecond(), null);
    }
    AuditEntry logout = AuditEntry.of(AuditEvent.LOGOUT).outcome("by_provider");
    (sub == null ? logout : logout.user(users.of(sub))).write();
  }

  /** Stands for a session at the provider. */
  static String providerSession(String sid) {
    return Digest.of(sid);
  }

  private void end(What what, String digest, long before, @Nullable String user) {
    long until = clock.instant().plus(lifetime).plus(MARGIN).getEpochSecond();
    signOuts.add(new SignOut(what, digest, before, until, user));
  }
}
