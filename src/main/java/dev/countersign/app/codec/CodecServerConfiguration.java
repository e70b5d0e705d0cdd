package dev.countersign.app.codec;

import dev.countersign.app.api.AudienceDecoders;
import dev.countersign.app.api.LongBody;
import dev.countersign.app.api.OperatorRole;
import dev.countersign.app.api.SecurityProblemHandler;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/** The codec server, where its audience is set; otherwise its addresses are none. */
@Configuration(proxyBeanMethods = false)
@Conditional(ServesPayloads.class)
@EnableConfigurationProperties(CodecServerProperties.class)
class CodecServerConfiguration {
  /** The Web UI sends it beside the access token; nothing here reads it. */
  private static final String ID_TOKEN_HEADER = "Authorization-Extras";

  private static final Duration PREFLIGHT_LIFE = Duration.ofHours(1);

  @Bean
  LongBody longToDecode() {
    return new LongBody(CodecController.PATH + "/decode", CodecController.MOST_BYTES);
  }

  @Bean
  LongBody longToEncode() {
    return new LongBody(CodecController.PATH + "/encode", CodecController.MOST_BYTES);
  }

  /**
   * Operators alone: a user's token has another audience. CSRF is off because a browser never sends
   * a bearer token by itself.
   */
  @Bean
  @Order(5)
  SecurityFilterChain codecServer(
      HttpSecurity http,
      CodecServerProperties settings,
      AudienceDecoders decoders,
      SecurityProblemHandler problems) {
    SecurityProblemHandler refusals = problems.forAudience(settings.audience());
    return http.securityMatcher(CodecController.PATH + "/**")
        .authorizeHttpRequests(requests ->
            requests
                .anyRequest()
                .access(
                    new OperatorAccess(new OperatorRole(settings.roleClaim(), settings.role()))))
        .cors(cors -> cors.configurationSource(onlyFor(settings.webUi())))
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .oauth2ResourceServer(server ->
            server
                .jwt(jwt -> jwt.decoder(decoders.of(settings.audience())))
                .authenticationEntryPoint(refusals)
                .accessDeniedHandler(refusals))
        .build();
  }

  /** Preflights of other origins are refused, and so is what they send without one. */
  private static CorsConfigurationSource onlyFor(String webUi) {
    CorsConfiguration cors = new CorsConfiguration();
    cors.setAllowedOrigins(webUi.isBlank() ? List.of() : List.of(webUi));
    cors.setAllowedMethods(List.of(HttpMethod.POST.name()));
    cors.setAllowedHeaders(
        List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.AUTHORIZATION,
            ID_TOKEN_HEADER,
            CodecController.NAMESPACE_HEADER));
    cors.setAllowCredentials(true); // the Web UI can be told to send cookies; there are none
    cors.setAllowPrivateNetwork(true); // the Web UI of Temporal Cloud is on no private one
    cors.setMaxAge(PREFLIGHT_LIFE);
    return _ -> cors;
  }
}
