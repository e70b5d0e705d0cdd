package dev.countersign.app.login;

import dev.countersign.app.api.OpenEndpoint;
import dev.countersign.app.api.PageFiles;
import dev.countersign.app.api.SecurityProblemHandler;
import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.guard.UserDigest;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** The pages, which anybody may have, the way in and out, and what is for whoever is signed in. */
@Configuration(proxyBeanMethods = false)
class PageSecurity {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final RequestMatcher API = PathPatternRequestMatcher.pathPattern("/api/**");
  private static final RequestMatcher SESSION =
      PathPatternRequestMatcher.pathPattern("/api/session");

  @Bean
  @Order(20)
  SecurityFilterChain pageChain(
      HttpSecurity http,
      SecurityProblemHandler problems,
      DiscoveredClientRegistrationRepository provider,
      CookieAuthorizationRequestRepository attempts,
      PushedAuthorizationRequests loginRequests,
      OidcProperties oidc,
      IdTokenUserService users,
      LoginSuccessHandler success,
      LoginFailureHandler failure,
      CsrfCookieRepository csrf) {
    return stateless(http, csrf)
        .securityMatchers(requests ->
            requests
                .requestMatchers(PageFiles.matcher())
                .requestMatchers("/oauth2/authorization/*", "/login/oauth2/code/*", "/logout"))
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
                .authorizedClientRepository(new NoAuthorizedClientRepository())
                .authorizationEndpoint(endpoint ->
                    endpoint
                        .authorizationRequestResolver(loginRequests)
                        .authorizationRequestRepository(attempts))
                .userInfoEndpoint(endpoint -> endpoint.oidcUserService(users))
                .successHandler(success)
                .failureHandler(failure)
                .withObjectPostProcessor(new FailsLikeOthers(failure)))
        .addFilterBefore(new LoginErrorFilter(failure), OAuth2LoginAuthenticationFilter.class)
        .addFilterBefore(
            new AnswerIssuerFilter(provider, attempts, failure, oidc.issuer().toString()),
            OAuth2LoginAuthenticationFilter.class)
        .build();
  }

  /** A login that can't even begin, because the provider is down, fails like any other. */
  private record FailsLikeOthers(LoginFailureHandler failure)
      implements ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> {
    @Override
    public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
      filter.setAuthenticationFailureHandler(failure);
      return filter;
    }
  }

  /** The provider shows a token that it has signed; no browser sends one, so CSRF is off. */
  @Bean
  @Order(15)
  SecurityFilterChain backchannelLogout(HttpSecurity http) {
    return OpenEndpoint.at(BackchannelLogoutController.PATH, http);
  }

  /** Who is not signed in is told so: a 401 would be an error in the browser's console. */
  @Bean
  @Order(25)
  SecurityFilterChain whoIsSignedIn(
      HttpSecurity http, SessionCookie sessions, CsrfCookieRepository csrf) {
    return stateless(http, csrf)
        .securityMatcher(request ->
            SESSION.matches(request) && request.getHeader(HttpHeaders.AUTHORIZATION) == null)
        .securityContext(context ->
            context.securityContextRepository(new CookieSecurityContextRepository(sessions)))
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  /** A browser can't send a bearer token with an event stream, but it sends its cookies. */
  @Bean
  @Order(30)
  SecurityFilterChain sessionChain(
      HttpSecurity http,
      SecurityProblemHandler problems,
      SessionCookie sessions,
      SessionEnds ends,
      UserDigest users,
      CsrfCookieRepository csrf) {
    return stateless(http, csrf)
        .securityMatcher(request ->
            API.matches(request)
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && sessions.isIn(request))
        .securityContext(context ->
            context.securityContextRepository(new CookieSecurityContextRepository(sessions)))
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll()
                .anyRequest()
                .authenticated())
        .exceptionHandling(handling ->
            handling
                .authenticationEntryPoint(new SessionEndedEntryPoint(sessions, problems))
                .accessDeniedHandler(problems))
        .addFilterBefore(new SignOutsUnknownFilter(ends, problems), AuthorizationFilter.class)
        .addFilterBefore(new AnotherUserFilter(users, problems), AuthorizationFilter.class)
        .addFilterAfter(new SessionRenewalFilter(sessions), AuthorizationFilter.class)
        .build();
  }

  private static HttpSecurity stateless(HttpSecurity http, CsrfCookieRepository csrf) {
    return http.sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(protection ->
            protection
                .csrfTokenRepository(csrf)
                .csrfTokenRequestHandler(new HeaderCsrfTokenRequestHandler()))
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable);
  }

  /** By their content, not their date: a release that is put back has older files. */
  @Bean
  FilterRegistrationBean<ShallowEtagHeaderFilter> entityTags() {
    ShallowEtagHeaderFilter tags = new ShallowEtagHeaderFilter();
    tags.setWriteWeakETag(true); // compressed or not, it is the same file
    var filter = new FilterRegistrationBean<>(tags);
    filter.addUrlPatterns("*.css", "*.js", "*.svg");
    return filter;
  }
}
