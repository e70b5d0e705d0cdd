package dev.countersign.app.login;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Has a browser forget a session that isn't one, or no longer. */
final class SessionEndedEntryPoint implements AuthenticationEntryPoint {
  private final SessionCookie cookie;
  private final AuthenticationEntryPoint problems;

  SessionEndedEntryPoint(SessionCookie cookie, AuthenticationEntryPoint problems) {
    this.cookie = cookie;
    this.problems = problems;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException, ServletException {
    cookie.delete(request, response);
    problems.commence(request, response, e);
  }
}
