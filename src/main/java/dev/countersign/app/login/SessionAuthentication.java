package dev.countersign.app.login;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.Revocable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Somebody who signed in at the page. */
final class SessionAuthentication extends AbstractAuthenticationToken implements Revocable {
  private final transient Session session;
  private final transient SessionCookie sessions;

  SessionAuthentication(Session session, SessionCookie sessions) {
    super(List.of());
    this.session = session;
    this.sessions = sessions;
    setAuthenticated(true);
  }

  Session session() {
    return session;
  }

  @Override
  public boolean isRevoked() {
    return !sessions.counts(session);
  }

  @Override
  public Caller getPrincipal() {
    return session.caller();
  }

  @Override
  public @Nullable Object getCredentials() {
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionAuthentication authentication
        && session.equals(authentication.session);
  }

  @Override
  public int hashCode() {
    return session.hashCode();
  }
}
