package dev.countersign.app.login;

import dev.countersign.app.api.SignOutListener;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.guard.UserDigest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Signs out: here at once, at the other processes within seconds, and at the provider where the
 * browser goes next.
 */
@RestController
class LogoutController {
  private static final Logger log = LoggerFactory.getLogger(LogoutController.class);
  private static final String PAGE = "/";

  private final SessionCookie sessions;
  private final IdTokenCookie idTokens;
  private final DiscoveredClientRegistrationRepository provider;
  private final LoginClient client;
  private final SessionEnds ends;
  private final SignOutListener listener;
  private final UserDigest users;

  LogoutController(
      SessionCookie sessions,
      IdTokenCookie idTokens,
      DiscoveredClientRegistrationRepository provider,
      LoginClient client,
      SessionEnds ends,
      SignOutListener listener,
      UserDigest users) {
    this.sessions = sessions;
    this.idTokens = idTokens;
    this.provider = provider;
    this.client = client;
    this.ends = ends;
    this.listener = listener;
    this.users = users;
  }

  /**
   * Where the browser has to go.
   *
   * @param location the provider's end of session, or this application's page
   */
  record LogoutAnswer(String location) {}

  /**
   * Ends the session.
   *
   * @param asked "true": all other sessions of the user end too; null: they don't
   * @throws AnotherUserException if the session is another user's, who stays signed in
   */
  @PostMapping("/logout")
  LogoutAnswer logout(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(name = "everywhere", required = false)
          @Pattern(regexp = "true|false", message = "must be true or false")
          @Nullable String asked) {
    boolean everywhere = "true".equals(asked);
    Optional<Session> session = sessions.read(request);
    String shown = request.getHeader(AnotherUserFilter.HEADER);
    if (shown != null && session.filter(it -> !shown.equals(users.of(it.sub()))).isPresent()) {
      throw new AnotherUserException();
    }
    Optional<String> idToken = idTokens.read(request);
    sessions.delete(request, response);
    idTokens.delete(request, response);
    if (session.isEmpty()) {
      return new LogoutAnswer(PAGE);
    }
    String sub = session.get().sub();
    AuditEntry.of(AuditEvent.LOGOUT)
        .user(users.of(sub))
        .outcome(everywhere ? "everywhere" : "by_user")
        .write();
    end(session.get(), everywhere);
    tell(sub);
    return new LogoutAnswer(
        endSessionEndpoint().map(endpoint -> location(endpoint, idToken, request)).orElse(PAGE));
  }

  private void end(Session session, boolean everywhere) {
    try {
      if (everywhere) {
        ends.endAllOf(session);
      } else {
        ends.end(session);
      }
    } catch (RuntimeException e) {
      log.error("Somebody signed out, which other processes learn when Temporal is back", e);
    }
  }

  /**
   * Nobody stays signed in because Temporal is away; nothing runs under an approval then either.
   */
  private void tell(String sub) {
    try {
      listener.signedOut(sub);
    } catch (RuntimeException e) {
      log.error(
          "Somebody signed out whose approvals may be remembered until they end by themselves", e);
    }
  }

  private Optional<String> endSessionEndpoint() {
    try {
      return provider
          .endSessionEndpoint()
          .filter(address -> address.startsWith("https://") || address.startsWith("http://"));
    } catch (ProviderException e) {
      log.warn("Somebody signed out here, but not at the identity provider: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** OpenID Connect RP-Initiated Logout 1.0, 2. */
  private String location(String endpoint, Optional<String> idToken, HttpServletRequest request) {
    UriComponentsBuilder location = UriComponentsBuilder.fromUriString(endpoint);
    idToken.ifPresent(token -> location.queryParam("id_token_hint", "{token}"));
    return location
        .queryParam("client_id", "{client}")
        .queryParam("post_logout_redirect_uri", "{page}")
        .encode()
        .buildAndExpand(
            Map.of(
                "token",
                idToken.orElse(""),
                "client",
                client.authentication().clientId(),
                "page",
                ServletUriComponentsBuilder.fromContextPath(request).path(PAGE).toUriString()))
        .toUriString();
  }
}
