package dev.countersign.app.login;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A provider can answer what nobody has thought of. Whoever signs in gets back to the page then
 * too, and not to an error in JSON.
 */
final class LoginErrorFilter extends OncePerRequestFilter {
  private final LoginFailureHandler failure;

  LoginErrorFilter(LoginFailureHandler failure) {
    this.failure = failure;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getServletPath().equals(DiscoveredClientRegistrationRepository.REDIRECT_PATH);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (RuntimeException e) {
      failure.onAuthenticationFailure(
          request,
          response,
          ProviderException.wrong("the provider's answer can't be read: " + e.getMessage()));
    }
  }
}
