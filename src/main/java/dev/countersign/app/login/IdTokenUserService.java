package dev.countersign.app.login;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.client.RestTemplate;

/**
 * Who logged in, from the ID token. Providers that keep the claims of {@code profile} and {@code
 * email} out of it (OpenID Connect Core 5.4) are asked at their UserInfo endpoint.
 */
final class IdTokenUserService implements OAuth2UserService<OidcUserRequest, OidcUser> {
  private static final Logger log = LoggerFactory.getLogger(IdTokenUserService.class);

  private final OidcUserService fromIdToken = new OidcUserService();
  private final OidcUserService withUserInfo = new OidcUserService();
  private final LoginClaims claims;

  IdTokenUserService(LoginClaims claims, ClientHttpRequestFactory http) {
    this.claims = claims;
    RestTemplate rest = new RestTemplate(http);
    rest.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
    DefaultOAuth2UserService userInfo = new DefaultOAuth2UserService();
    userInfo.setRestOperations(rest);
    fromIdToken.setRetrieveUserInfo(_ -> false);
    withUserInfo.setRetrieveUserInfo(_ -> true);
    withUserInfo.setOauth2UserService(userInfo);
  }

  @Override
  public OidcUser loadUser(OidcUserRequest request) {
    if (saysEnough(request.getIdToken()) || !hasUserInfo(request)) {
      return new LoggedInUser(fromIdToken.loadUser(request));
    }
    try {
      return new LoggedInUser(withUserInfo.loadUser(request));
    } catch (OAuth2AuthenticationException | IllegalArgumentException e) { // the latter: no sub
      log.warn(
          "The identity provider's UserInfo endpoint doesn't say more of a user than the ID token"
              + " did ({})",
          e.getClass().getSimpleName());
      return new LoggedInUser(fromIdToken.loadUser(request));
    }
  }

  private boolean saysEnough(OidcIdToken token) {
    return claims.names().stream().allMatch(token::hasClaim)
        && (token.getFullName() != null
            || token.getPreferredUsername() != null
            || token.getEmail() != null);
  }

  private static boolean hasUserInfo(OidcUserRequest request) {
    String uri =
        request.getClientRegistration().getProviderDetails().getUserInfoEndpoint().getUri();
    return uri != null && !uri.isEmpty();
  }
}
