package dev.countersign.app.login;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps the session of whoever does something; what the page asks by itself is nothing done. */
final class SessionRenewalFilter extends OncePerRequestFilter {
  private final SessionCookie sessions;

  SessionRenewalFilter(SessionCookie sessions) {
    this.sessions = sessions;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (SecurityContextHolder.getContext().getAuthentication()
            instanceof SessionAuthentication login
        && !isByThePageItself(request)) {
      sessions.renew(request, response, login.session());
    }
    chain.doFilter(request, response);
  }

  private static boolean isByThePageItself(HttpServletRequest request) {
    String path = request.getServletPath();
    return path.equals("/api/approvals/open") || path.endsWith("/events");
  }
}
