package dev.countersign.app.login;

import dev.countersign.app.api.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A login, as its cookie keeps it. All times are in seconds since 1970, by the provider's clock.
 *
 * @param id its own, which nobody can guess
 * @param sub the user's {@code sub}
 * @param name what the page calls the user
 * @param providerSession stands for the session at the provider ({@code sid}, OpenID Connect
 *     Back-Channel Logout 1.0 2.1); null: the provider names none
 * @param begunAt when the provider issued the ID token
 * @param seenAt when the user last did something, to about a minute
 * @param expiresAt when it ends, whatever the user does
 * @param claims of the login that approvals need
 */
record Session(
    String id,
    String sub,
    String name,
    @Nullable String providerSession,
    long begunAt,
    long seenAt,
    long expiresAt,
    Map<String, Object> claims) {
  Session {
    claims = Map.copyOf(claims);
  }

  Session without(String claim) {
    Map<String, Object> others = new LinkedHashMap<>(claims);
    others.remove(claim);
    return new Session(id, sub, name, providerSession, begunAt, seenAt, expiresAt, others);
  }

  /** The same, whose user has done something now. */
  Session seenAt(Instant now) {
    return new Session(
        id, sub, name, providerSession, begunAt, now.getEpochSecond(), expiresAt, claims);
  }

  boolean isOver(Instant now, Duration idleTimeout) {
    return now.getEpochSecond() >= endsAt(idleTimeout);
  }

  /** When it ends if the user does nothing more. */
  long endsAt(Duration idleTimeout) {
    return Math.min(expiresAt, seenAt + idleTimeout.toSeconds());
  }

  Caller caller() {
    Map<String, Object> all = new LinkedHashMap<>(claims);
    all.put("sub", sub);
    return new Caller(sub, all);
  }

  @Override
  public String toString() {
    return "Session[sub=" + sub + "]";
  }
}
