package dev.countersign.app.login;

import dev.countersign.app.api.OperatorRole;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.guard.UserDigest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** Starts a session for whoever the provider has vouched for, and goes to the page. */
final class LoginSuccessHandler implements AuthenticationSuccessHandler {
  private static final int LONGEST_NAME = 100;

  private final SessionCookie sessions;
  private final IdTokenCookie idTokens;
  private final LoginClaims claims;
  private final OperatorRole operators;
  private final UserDigest users;
  private final Duration lifetime;
  private final Clock clock;
  private final LoginFailureHandler failure;

  LoginSuccessHandler(
      SessionCookie sessions,
      IdTokenCookie idTokens,
      LoginClaims claims,
      OperatorRole operators,
      UserDigest users,
      Duration lifetime,
      Clock clock,
      LoginFailureHandler failure) {
    this.sessions = sessions;
    this.idTokens = idTokens;
    this.claims = claims;
    this.operators = operators;
    this.users = users;
    this.lifetime = lifetime;
    this.clock = clock;
    this.failure = failure;
  }

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication) {
    OidcUser user = (OidcUser) Objects.requireNonNull(authentication.getPrincipal());
    String sub = Objects.requireNonNull(user.getSubject(), "Every ID token has one");
    Instant now = clock.instant();
    String sid = user.getIdToken().getClaimAsString("sid");
    Session session =
        new Session(
            UUID.randomUUID().toString(),
            sub,
            name(user, sub),
            sid == null ? null : SessionEnds.providerSession(sid),
            Objects.requireNonNull(user.getIdToken().getIssuedAt()).getEpochSecond(),
            now.getEpochSecond(),
            now.plus(lifetime).getEpochSecond(),
            claims.of(user.getClaims(), user.getIdToken().getClaims(), operators));
    try {
      sessions.write(request, response, session);
    } catch (SessionTooLargeException e) {
      failure.onAuthenticationFailure(request, response, e);
      return;
    }
    idTokens.write(request, response, user.getIdToken().getTokenValue(), lifetime);
    AuditEntry.of(AuditEvent.LOGIN).user(users.of(sub)).write();
    ToPage.redirect(response, "/");
  }

  private static String name(OidcUser user, String sub) {
    for (String text :
        new @Nullable String[] {user.getFullName(), user.getPreferredUsername(), user.getEmail()}) {
      if (text != null && !text.isBlank()) {
        return shortened(text);
      }
    }
    return shortened(sub);
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }
}
