package dev.countersign.app.login;

import dev.countersign.app.api.IssuerKeys;
import dev.countersign.app.api.IssuerRequests;
import dev.countersign.app.api.OperatorRole;
import dev.countersign.app.api.RefusalLimit;
import dev.countersign.app.signout.SignOuts;
import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.guard.UserDigest;
import dev.countersign.vault.Vault;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * The provider that logs users in, and what browsers keep of a login. All of it is dated in the
 * provider's time, which replicas have in common.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SessionProperties.class, PageProperties.class})
class LoginConfiguration {
  @Bean
  DiscoveredClientRegistrationRepository loginProvider(
      OidcProperties oidc, LoginClient client, Clock clock) {
    return new DiscoveredClientRegistrationRepository(
        oidc.issuer().toString(), client, http(client), clock);
  }

  @Bean
  PushedAuthorizationRequests loginRequests(
      DiscoveredClientRegistrationRepository provider, OidcProperties oidc, LoginClient client) {
    return new PushedAuthorizationRequests(
        provider, client, oidc.issuer().toString(), http(client));
  }

  @Bean
  OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokenRequests(
      OidcProperties oidc, LoginClient client) {
    return TokenRequests.of(client, oidc.issuer().toString(), http(client));
  }

  @Bean
  IdTokenDecoderFactory idTokenDecoders(LoginClient client) {
    return new IdTokenDecoderFactory(client.idTokenAlgorithm(), http(client), client.clock());
  }

  @Bean
  IdTokenUserService users(LoginClient client, LoginClaims claims) {
    return new IdTokenUserService(claims, http(client));
  }

  private static ClientHttpRequestFactory http(LoginClient client) {
    return IssuerRequests.by(client.http(), client.clock());
  }

  @Bean
  SessionEnds sessionEnds(
      SignOuts signOuts, UserDigest users, LoginClient client, SessionProperties settings) {
    return new SessionEnds(signOuts, users, client.clock().asClock(), settings.lifetime());
  }

  @Bean
  SessionCookie sessionCookie(
      Vault vault,
      JsonMapper json,
      LoginClient client,
      SessionProperties settings,
      SessionEnds ends) {
    return new SessionCookie(
        new SealedJson(vault, json), client.clock().asClock(), settings.idleTimeout(), ends::have);
  }

  @Bean
  LogoutTokens logoutTokens(
      DiscoveredClientRegistrationRepository provider,
      IdTokenDecoderFactory idTokens,
      IssuerKeys keys,
      LoginClient client,
      OidcProperties oidc) {
    return new LogoutTokens(provider, idTokens, keys, client, oidc.issuer().toString());
  }

  @Bean
  IdTokenCookie idTokenCookie(Vault vault, JsonMapper json) {
    return new IdTokenCookie(new SealedJson(vault, json));
  }

  @Bean
  CookieAuthorizationRequestRepository loginAttempts(
      Vault vault, JsonMapper json, LoginClient client) {
    return new CookieAuthorizationRequestRepository(
        new SealedJson(vault, json), client.clock().asClock());
  }

  @Bean
  CsrfCookieRepository csrfCookie() {
    return new CsrfCookieRepository();
  }

  @Bean
  LoginFailureHandler loginFailure(RefusalLimit limit) {
    return new LoginFailureHandler(limit);
  }

  @Bean
  LoginSuccessHandler loginSuccess(
      SessionCookie sessions,
      IdTokenCookie idTokens,
      LoginClaims claims,
      OperatorRole operators,
      UserDigest users,
      SessionProperties settings,
      LoginClient client,
      LoginFailureHandler failure) {
    return new LoginSuccessHandler(
        sessions,
        idTokens,
        claims,
        operators,
        users,
        settings.lifetime(),
        client.clock().asClock(),
        failure);
  }
}
