package dev.countersign.app.login;

import dev.countersign.guard.UserDigest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 401 to a page that still shows one user's when another has signed in by another tab: what
 * the one has written is not sent in the other's name.
 */
final class AnotherUserFilter extends OncePerRequestFilter {
  /** Whose page sends the request, as {@code GET /api/session} names them. */
  static final String HEADER = "X-Countersign-User";

  private final UserDigest users;
  private final AuthenticationEntryPoint problems;

  AnotherUserFilter(UserDigest users, AuthenticationEntryPoint problems) {
    this.users = users;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String shown = request.getHeader(HEADER);
    if (shown != null
        && SecurityContextHolder.getContext().getAuthentication()
            instanceof SessionAuthentication login
        && !shown.equals(users.of(login.session().sub()))) {
      problems.commence(
          request, response, new InsufficientAuthenticationException("another user has signed in"));
      return;
    }
    chain.doFilter(request, response);
  }
}
