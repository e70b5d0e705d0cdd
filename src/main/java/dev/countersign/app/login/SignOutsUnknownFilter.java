package dev.countersign.app.login;

import dev.countersign.app.api.SecurityProblemHandler;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Believes no session while it can't be known whether its user has signed out elsewhere. */
final class SignOutsUnknownFilter extends OncePerRequestFilter {
  private final SessionEnds ends;
  private final SecurityProblemHandler problems;

  SignOutsUnknownFilter(SessionEnds ends, SecurityProblemHandler problems) {
    this.ends = ends;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (ends.areKnown()) {
      chain.doFilter(request, response);
    } else {
      problems.sessionsUnknown(request, response);
    }
  }
}
