package dev.countersign.login;

import dev.countersign.security.OidcProperties;
import dev.countersign.security.SecurityProblems;
import dev.countersign.vault.Vault;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import tools.jackson.databind.json.JsonMapper;

/** Signing in and out, and what may be called by whoever is signed in. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SessionProperties.class, PageProperties.class})
class LoginConfiguration {
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  @Bean
  SealedJson sealedJson(Vault vault, JsonMapper json) {
    return new SealedJson(vault, json);
  }

  @Bean
  SessionCookie sessionCookie(SealedJson sealed, Clock clock) {
    return new SessionCookie(sealed, clock);
  }

  @Bean
  IdTokenCookie idTokenCookie(SealedJson sealed) {
    return new IdTokenCookie(sealed);
  }

  @Bean
  CsrfCookie csrfCookie() {
    return new CsrfCookie();
  }

  @Bean
  Provider loginProvider(OidcProperties oidc, LoginClient client) {
    return new Provider(oidc.issuer().toString(), client, http(client));
  }

  @Bean
  IdTokenDecoders idTokenDecoders(LoginClient client) {
    return new IdTokenDecoders(client.idTokenAlgorithm(), http(client));
  }

  private static ClientHttpRequestFactory http(LoginClient client) {
    JdkClientHttpRequestFactory http = new JdkClientHttpRequestFactory(client.http());
    http.setReadTimeout(READ_TIMEOUT);
    return http;
  }

  /** The page, which has nothing secret in it, and the way in and out. */
  @Bean
  @Order(20)
  SecurityFilterChain pageChain(
      HttpSecurity http,
      SecurityProblems problems,
      Provider provider,
      LoginClient client,
      LoginClaims claims,
      SealedJson sealed,
      SessionCookie sessions,
      IdTokenCookie idTokens,
      CsrfCookie csrf,
      SessionProperties settings,
      Clock clock) {
    LoginFailure failure = new LoginFailure();
    stateless(http, csrf)
        .securityMatcher(
            "/",
            "/index.html",
            "/*.css",
            "/*.js",
            "/*.svg",
            "/favicon.ico",
            "/oauth2/authorization/*",
            "/login/oauth2/code/*",
            "/logout")
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .crossOriginOpenerPolicy(
                    opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN)))
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
        .oauth2Login(login ->
            login
                .loginPage("/")
                .clientRegistrationRepository(provider)
                .authorizedClientRepository(new NoTokens())
                .authorizationEndpoint(endpoint ->
                    endpoint.authorizationRequestRepository(new LoginAttempts(sealed, clock)))
                .withObjectPostProcessor(new AnswersLikeOthers(failure))
                .tokenEndpoint(endpoint ->
                    endpoint.accessTokenResponseClient(
                        TokenRequests.of(client.proof(), http(client))))
                .userInfoEndpoint(
                    endpoint -> endpoint.oidcUserService(new Users(claims, http(client))))
                .successHandler(
                    new LoginSuccess(
                        sessions, idTokens, claims, settings.lifetime(), clock, failure))
                .failureHandler(failure));
    return http.build();
  }

  /** A browser can't send a bearer token with an event stream, but sends its cookies. */
  @Bean
  @Order(30)
  SecurityFilterChain sessionChain(
      HttpSecurity http, SecurityProblems problems, SessionCookie sessions, CsrfCookie csrf) {
    return stateless(http, csrf)
        .securityMatcher(request -> isOfASession(request, sessions))
        .securityContext(
            context -> context.securityContextRepository(new SessionContexts(sessions)))
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll()
                .anyRequest()
                .authenticated())
        .exceptionHandling(handling ->
            handling
                .authenticationEntryPoint(new SessionEnded(sessions, problems))
                .accessDeniedHandler(problems))
        .build();
  }

  /** A login that can't even begin, because the provider is down, fails like any other. */
  private record AnswersLikeOthers(LoginFailure failure)
      implements ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> {
    @Override
    public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
      filter.setAuthenticationFailureHandler(failure);
      return filter;
    }
  }

  private static boolean isOfASession(HttpServletRequest request, SessionCookie sessions) {
    return request.getRequestURI().startsWith(request.getContextPath() + "/api/")
        && request.getHeader(HttpHeaders.AUTHORIZATION) == null
        && sessions.isIn(request);
  }

  private static HttpSecurity stateless(HttpSecurity http, CsrfCookie csrf) {
    return http.sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(protection -> protection.spa().csrfTokenRepository(csrf))
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable);
  }
}
