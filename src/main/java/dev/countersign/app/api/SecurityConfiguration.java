package dev.countersign.app.api;

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
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may call what: {@code /api/**} with a bearer token of the issuer, and nothing else. Chains
 * for other ways in have orders between these two.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ApiProperties.class, OidcProperties.class})
class SecurityConfiguration {

  @Bean
  JwtDecoder jwtDecoder(OidcProperties oidc, ApiProperties api, RemoteClocks clocks) {
    String issuer = oidc.issuer().toString();
    return new IssuerJwtDecoder(issuer, api.audience(), api.tokenAlgorithm(), clocks.of(issuer));
  }

  @Bean
  AudienceDecoders audienceDecoders(OidcProperties oidc, ApiProperties api, RemoteClocks clocks) {
    String issuer = oidc.issuer().toString();
    return audience ->
        new IssuerJwtDecoder(issuer, audience, api.tokenAlgorithm(), clocks.of(issuer));
  }

  @Bean
  SecurityProblemHandler securityProblems(
      JsonMapper json, ApiProperties api, ObjectProvider<RefusalLimit> limit) {
    return new SecurityProblemHandler(
        json, api.audience(), limit.getIfAvailable(() -> _ -> Optional.empty()));
  }

  /** Health and metrics have a port of their own, on loopback; no token there. */
  @Bean
  @Order(10)
  SecurityFilterChain management(HttpSecurity http) {
    return http.securityMatcher(EndpointRequest.to("health", "prometheus"))
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
      HttpSecurity http, SecurityProblemHandler problems, OidcProperties oidc) {
    return http.authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll()
                .requestMatchers("/api/**")
                .authenticated()
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
