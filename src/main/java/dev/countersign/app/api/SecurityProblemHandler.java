package dev.countersign.app.api;

import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.DPoPAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refusals as {@code application/problem+json} (RFC 9457), with the {@code WWW-Authenticate} header
 * that RFC 6750 3 asks for. The same for callers with a token and for those who sign in.
 */
public final class SecurityProblemHandler
    implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {
  private static final Logger log = LoggerFactory.getLogger(SecurityProblemHandler.class);
  private static final String RETRY_AFTER_SECONDS = "5";

  private final BearerTokenAuthenticationEntryPoint unauthorized =
      new BearerTokenAuthenticationEntryPoint();
  private final BearerTokenAccessDeniedHandler forbidden = new BearerTokenAccessDeniedHandler();
  private final JsonMapper json;
  private final DPoPAuthenticationEntryPoint unproved = new DPoPAuthenticationEntryPoint();
  private final String audience;
  private final String scope;
  private final ApiProperties api;
  private final RefusalLimit limit;

  SecurityProblemHandler(JsonMapper json, ApiProperties api, RefusalLimit limit) {
    this.json = json;
    this.api = api;
    this.audience = api.audience();
    this.scope = api.scope();
    this.limit = limit;
  }

  /** The same for tokens of another audience, which need no scope. */
  public SecurityProblemHandler forAudience(String other) {
    return new SecurityProblemHandler(json, api.forAudience(other), limit);
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException {
    if (e instanceof AuthenticationServiceException) {
      log.warn("A token could not be checked: {}", e.getMessage());
      response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
      response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      write(
          request,
          response,
          "The identity provider can't be reached at the moment, so the token can't be checked."
              + " Nothing was done: send the request again.");
      return;
    }
    Optional<Duration> wait = limit.countRefusal(request);
    if (wait.isPresent()) {
      tooMany(request, response, wait.get());
      return;
    }
    if (e instanceof OAuth2AuthenticationException refused) {
      AuditEntry.of(AuditEvent.TOKEN_REFUSED).outcome(refused.getError().getErrorCode()).write();
    }
    if (isByDPoP(request) && e instanceof OAuth2AuthenticationException) {
      unproved.commence(request, response, e);
    } else {
      unauthorized.commence(request, response, e);
    }
    write(
        request,
        response,
        e instanceof OAuth2AuthenticationException
            ? "The bearer token is not valid: it must be unexpired, from this application's"
                + " identity provider and for the audience "
                + audience
                + "."
            : "Sign in at the page of this application, or send a bearer token for the audience "
                + audience
                + ".");
  }

  /** Nobody can say right now whether a session was ended elsewhere. */
  public void sessionsUnknown(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
    response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    write(
        request,
        response,
        "Temporal can't be reached at the moment, so it can't be known whether this session was"
            + " ended elsewhere. Nothing is lost: send the request again.");
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
      throws IOException {
    if (e instanceof CsrfException) {
      response.setStatus(HttpStatus.FORBIDDEN.value());
      write(
          request,
          response,
          "The header "
              + CsrfNames.HEADER
              + " must have the value of the cookie "
              + CsrfNames.cookie(request)
              + ": load the page again.");
      return;
    }
    forbidden.handle(request, response, e);
    if (!scope.isEmpty() && request.getServletPath().startsWith("/api/")) {
      // RFC 6750 3: which one is needed, so that the client can ask for it
      response.setHeader(
          HttpHeaders.WWW_AUTHENTICATE,
          response.getHeader(HttpHeaders.WWW_AUTHENTICATE) + ", scope=\"" + scope + "\"");
      write(request, response, "The bearer token must have the scope " + scope + ".");
      return;
    }
    write(request, response, "This is not for callers of the API.");
  }

  /** Whoever is there has called too often. */
  public void tooMany(HttpServletRequest request, HttpServletResponse response, Duration wait)
      throws IOException {
    response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
    response.setHeader(HttpHeaders.RETRY_AFTER, TooManyRequestsException.retryAfter(wait));
    write(request, response, TooManyRequestsException.DETAIL);
  }

  private static boolean isByDPoP(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    return authorization != null && authorization.regionMatches(true, 0, "DPoP ", 0, 5);
  }

  /** What the firewall takes for an attack. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, RequestRejectedException e)
      throws IOException {
    log.debug("A request was rejected", e);
    response.setStatus(HttpStatus.BAD_REQUEST.value());
    write(
        response,
        ProblemDetail.forStatusAndDetail(
            HttpStatus.BAD_REQUEST,
            "The request's method, address or headers are none that are accepted here."));
  }

  private void write(HttpServletRequest request, HttpServletResponse response, String detail)
      throws IOException {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.valueOf(response.getStatus()), detail);
    problem.setInstance(URI.create(request.getRequestURI()));
    write(response, problem);
  }

  private void write(HttpServletResponse response, ProblemDetail problem) throws IOException {
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding("UTF-8");
    json.writeValue(response.getOutputStream(), problem);
  }
}
