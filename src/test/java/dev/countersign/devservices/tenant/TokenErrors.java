package dev.countersign.devservices.tenant;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the token endpoint's errors with Auth0's statuses: 429 for {@code slow_down}, else 400.
 */
final class TokenErrors implements AuthenticationFailureHandler {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
      throws IOException {
    OAuth2Error error =
        exception instanceof OAuth2AuthenticationException e
            ? e.getError()
            : new OAuth2Error("invalid_request");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", error.getErrorCode());
    if (error.getDescription() != null) {
      body.put("error_description", error.getDescription());
    }
    response.setStatus(HttpStatus.BAD_REQUEST.value());
    if (error instanceof SlowDownError slow) {
      long seconds = slow.interval().toSeconds();
      body.put("interval", seconds);
      response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
    response.setContentType("application/json;charset=UTF-8");
    response.getWriter().write(JSON.writeValueAsString(body));
  }
}
