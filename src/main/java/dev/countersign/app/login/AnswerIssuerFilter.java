package dev.countersign.app.login;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes no answer to a login from another provider than was asked (RFC 9207 2.4): one that says
 * whose it is must be the issuer's, and must say so where the issuer's answers do.
 */
final class AnswerIssuerFilter extends OncePerRequestFilter {
  private final DiscoveredClientRegistrationRepository provider;
  private final CookieAuthorizationRequestRepository attempts;
  private final LoginFailureHandler failure;
  private final String issuer;

  AnswerIssuerFilter(
      DiscoveredClientRegistrationRepository provider,
      CookieAuthorizationRequestRepository attempts,
      LoginFailureHandler failure,
      String issuer) {
    this.provider = provider;
    this.attempts = attempts;
    this.failure = failure;
    this.issuer = issuer;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getServletPath().equals(DiscoveredClientRegistrationRepository.REDIRECT_PATH);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (attempts.loadAuthorizationRequest(request) == null || isTheIssuers(request)) {
      chain.doFilter(request, response); // without an attempt it comes to nothing by itself
      return;
    }
    attempts.removeAuthorizationRequest(request, response);
    failure.onAuthenticationFailure(
        request,
        response,
        ProviderException.wrong("the answer to it is not of the provider " + issuer));
  }

  private boolean isTheIssuers(HttpServletRequest request) {
    String[] named = request.getParameterValues("iss");
    return named == null
        ? !provider.namesItselfInAnswers()
        : named.length == 1 && named[0].equals(issuer);
  }
}
