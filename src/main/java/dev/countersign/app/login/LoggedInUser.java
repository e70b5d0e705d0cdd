package dev.countersign.app.login;

import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** A user whose claims stay out of what Spring Security logs at DEBUG. */
final class LoggedInUser extends DefaultOidcUser {
  private static final long serialVersionUID = 1;

  LoggedInUser(OidcUser user) {
    super(user.getAuthorities(), user.getIdToken(), user.getUserInfo());
  }

  @Override
  public String toString() {
    return "LoggedInUser";
  }
}
