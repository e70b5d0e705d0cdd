package dev.countersign.app.login;

import dev.countersign.app.api.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Somebody who signed in at the page. */
final class SessionAuthentication extends AbstractAuthenticationToken {
  private final transient Session session;

  SessionAuthentication(Session session) {
    super(List.of());
    this.session = session;
    setAuthenticated(true);
  }

  Session session() {
    return session;
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
