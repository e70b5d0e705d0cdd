package dev.countersign.app.login;

import dev.countersign.app.api.Digest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * Remembers what was asked of the provider until its answer comes, in a sealed cookie for each
 * attempt: tabs that sign in at the same time don't disturb each other.
 */
final class CookieAuthorizationRequestRepository
    implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final String PURPOSE = "login";

  private final SealedJson sealed;
  private final Clock clock;

  CookieAuthorizationRequestRepository(SealedJson sealed, Clock clock) {
    this.sealed = sealed;
    this.clock = clock;
  }

  /**
   * What must come back, or be shown again at the token endpoint.
   *
   * @param nonce not the one that was sent, but of which that is the hash
   * @param expiresAt seconds since 1970
   */
  record Attempt(
      String state,
      String nonce,
      String verifier,
      String uri,
      String clientId,
      String redirectUri,
      Set<String> scopes,
      long expiresAt) {}

  @Override
  public void saveAuthorizationRequest(
      @Nullable OAuth2AuthorizationRequest login,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (login == null) {
      return;
    }
    String state = Objects.requireNonNull(login.getState());
    Attempt attempt =
        new Attempt(
            state,
            Objects.requireNonNull(login.<String>getAttribute(OidcParameterNames.NONCE)),
            Objects.requireNonNull(login.<String>getAttribute(PkceParameterNames.CODE_VERIFIER)),
            login.getAuthorizationUri(),
            login.getClientId(),
            Objects.requireNonNull(login.getRedirectUri()),
            login.getScopes(),
            clock.instant().plus(LIFETIME).getEpochSecond());
    cookie(state).write(request, response, sealed.seal(attempt, PURPOSE), LIFETIME);
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    return attempt(request).map(CookieAuthorizationRequestRepository::restored).orElse(null);
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    String state = request.getParameter(OAuth2ParameterNames.STATE);
    if (state != null && cookie(state).read(request).isPresent()) {
      cookie(state).delete(request, response);
    }
    return loadAuthorizationRequest(request);
  }

  private Optional<Attempt> attempt(HttpServletRequest request) {
    String state = request.getParameter(OAuth2ParameterNames.STATE);
    if (state == null) {
      return Optional.empty();
    }
    return cookie(state)
        .read(request)
        .flatMap(value -> sealed.open(value, PURPOSE, Attempt.class))
        .filter(attempt -> attempt.state().equals(state))
        .filter(attempt -> clock.instant().getEpochSecond() < attempt.expiresAt());
  }

  private static BrowserCookie cookie(String state) {
    return new BrowserCookie(
        "COUNTERSIGN_LOGIN_" + Digest.of(state),
        DiscoveredClientRegistrationRepository.REDIRECT_PATH);
  }

  private static OAuth2AuthorizationRequest restored(Attempt attempt) {
    return OAuth2AuthorizationRequest.authorizationCode()
        .authorizationUri(attempt.uri())
        .clientId(attempt.clientId())
        .redirectUri(attempt.redirectUri())
        .scopes(attempt.scopes())
        .state(attempt.state())
        .attributes(
            Map.of(
                OAuth2ParameterNames.REGISTRATION_ID,
                DiscoveredClientRegistrationRepository.REGISTRATION,
                OidcParameterNames.NONCE,
                attempt.nonce(),
                PkceParameterNames.CODE_VERIFIER,
                attempt.verifier()))
        .build();
  }
}
