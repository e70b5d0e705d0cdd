package dev.countersign.app.api;

import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.autoconfigure.HttpClients;
import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.clock.RemoteClocks;
import jakarta.servlet.DispatcherType;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.authorization.OAuth2AuthorizationManagers;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may call what: {@code /api/**} with an access token of the issuer (RFC 6750, or RFC 9449 for
 * those that are bound to a key), and nothing else. Chains for other ways in have orders between
 * these two.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ApiProperties.class, OidcProperties.class})
class SecurityConfiguration {

  @Bean
  IssuerKeys issuerKeys(
      HttpClients http, OidcProperties oidc, CibaProperties ciba, RemoteClocks clocks) {
    String issuer = oidc.issuer().toString();
    return new IssuerKeys(
        issuer, IssuerRequests.by(IssuerRequests.client(http, oidc, ciba), clocks.of(issuer)));
  }

  @Bean
  JwtDecoder jwtDecoder(
      OidcProperties oidc, ApiProperties api, IssuerKeys keys, RemoteClocks clocks) {
    return new IssuerJwtDecoder(oidc, api, keys, clocks.of(oidc.issuer().toString()));
  }

  @Bean
  AudienceDecoders audienceDecoders(
      OidcProperties oidc, ApiProperties api, IssuerKeys keys, RemoteClocks clocks) {
    return audience ->
        new IssuerJwtDecoder(
            oidc, api.forAudience(audience), keys, clocks.of(oidc.issuer().toString()));
  }

  @Bean
  SecurityProblemHandler securityProblems(
      JsonMapper json, ApiProperties api, ObjectProvider<RefusalLimit> limit) {
    return new SecurityProblemHandler(json, api, limit.getIfAvailable(() -> _ -> Optional.empty()));
  }

  /** Health, metrics and what the application consists of: on a port of its own, on loopback. */
  @Bean
  @Order(10)
  SecurityFilterChain management(HttpSecurity http) {
    return http.securityMatcher(EndpointRequest.to("health", "prometheus", "sbom"))
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .build();
  }

  /**
   * CSRF is off because a browser never sends a bearer token by itself. Where to get one, a client
   * learns from the metadata that a 401 points at (RFC 9728).
   */
  @Bean
  @Order(100)
  SecurityFilterChain bearer(
      HttpSecurity http, SecurityProblemHandler problems, OidcProperties oidc, ApiProperties api) {
    return http.authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll()
                .requestMatchers("/api/**")
                .access(allowed(api))
                .requestMatchers("/error")
                .permitAll()
                .anyRequest()
                .denyAll())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
        .oauth2ResourceServer(server ->
            server
                .jwt(_ -> {})
                .dPoP(proof -> proof.authenticationFailureHandler(problems::commence))
                .authenticationEntryPoint(problems)
                .accessDeniedHandler(problems)
                .protectedResourceMetadata(metadata ->
                    metadata.protectedResourceMetadataCustomizer(resource ->
                        resource
                            .authorizationServer(oidc.issuer().toString())
                            .tlsClientCertificateBoundAccessTokens(false)))
                .withObjectPostProcessor(new AnswersOutages(problems)))
        .build();
  }

  private static AuthorizationManager<RequestAuthorizationContext> allowed(ApiProperties api) {
    return api.scope().isEmpty()
        ? AuthenticatedAuthorizationManager.authenticated()
        : OAuth2AuthorizationManagers.hasScope(api.scope());
  }

  /**
   * The filter throws an authentication that couldn't be tried (the provider is down) on to the
   * container, which would answer 500.
   */
  private record AnswersOutages(SecurityProblemHandler problems)
      implements ObjectPostProcessor<BearerTokenAuthenticationFilter> {
    @Override
    public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
      filter.setAuthenticationFailureHandler(problems::commence);
      return filter;
    }
  }
}
