package dev.countersign.devservices.tenant;

import java.net.URI;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

/**
 * Allows the app's redirect URI on every port of this machine (RFC 8252 7.3, for {@code localhost}
 * too), of login and of logout: the app's port moves, and tests take a free one.
 */
final class LoopbackRedirects {
  static final String PATH = "/login/oauth2/code/countersign";
  private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  private LoopbackRedirects() {}

  static void validate(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
    OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
    if (!isHere(String.valueOf(request.getRedirectUri()), PATH)) {
      throw new OAuth2AuthorizationCodeRequestAuthenticationException(
          new OAuth2Error(
              "invalid_request", "redirect_uri must be http://localhost:PORT" + PATH, null),
          null);
    }
  }

  static boolean mayReturnAfterLogout(String redirectUri) {
    return isHere(redirectUri, "/");
  }

  private static boolean isHere(String redirectUri, String path) {
    try {
      URI uri = URI.create(redirectUri);
      return "http".equals(uri.getScheme())
          && HOSTS.contains(String.valueOf(uri.getHost()))
          && path.equals(uri.getPath());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
