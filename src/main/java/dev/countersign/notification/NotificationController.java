package dev.countersign.notification;

import dev.countersign.approval.DurableStore;
import dev.countersign.approval.NotificationTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The client notification endpoint (CIBA Core 9 and 10.2). A notification says that there is a
 * decision, not which: whoever waits asks the token endpoint. So one that comes twice or late is
 * answered like the first.
 */
@RestController
@PingMode
class NotificationController {
  static final String PATH = "/ciba/notification";

  private static final Pattern BEARER =
      Pattern.compile("Bearer +([A-Za-z0-9\\-._~+/]+=*) *", Pattern.CASE_INSENSITIVE);

  /** An {@code auth_req_id} has a few thousand characters at most. */
  private static final int MOST_BYTES = 64 * 1024;

  private final NotificationTokens tokens;
  private final WaitingWorkflows workflows;
  private final DurableStore store;
  private final JsonMapper json;

  NotificationController(
      NotificationTokens tokens, WaitingWorkflows workflows, DurableStore store, JsonMapper json) {
    this.tokens = tokens;
    this.workflows = workflows;
    this.store = store;
    this.json = json;
  }

  @PostMapping(PATH)
  ResponseEntity<Void> notify(
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          @Nullable String authorization,
      HttpServletRequest request)
      throws IOException {
    String token = bearer(authorization).orElseThrow(NotificationController::unauthorized);
    String workflowId = tokens.workflowOf(token).orElseThrow(NotificationController::unauthorized);
    String authReqId = authReqId(request);
    if (!store.isReachable()) {
      throw problem(
          HttpStatus.SERVICE_UNAVAILABLE,
          "The notification can't be stored now. It need not be repeated: the token endpoint is asked"
              + " from time to time.");
    }
    boolean told = workflows.tell(workflowId, NotificationTokens.ping(token, authReqId));
    if (!told) {
      throw unauthorized();
    }
    return ResponseEntity.noContent().build();
  }

  private static Optional<String> bearer(@Nullable String authorization) {
    Matcher matcher = BEARER.matcher(authorization == null ? "" : authorization);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private String authReqId(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      throw malformed();
    }
    try {
      JsonNode authReqId = json.readTree(body).path("auth_req_id");
      if (authReqId.isString() && !authReqId.stringValue().isBlank()) {
        return authReqId.stringValue();
      }
    } catch (JacksonException e) {
      // said below: its words may repeat the auth_req_id
    }
    throw malformed();
  }

  private static ErrorResponseException malformed() {
    return problem(
        HttpStatus.BAD_REQUEST,
        "The body must be a JSON object with the text auth_req_id, of at most 64 KB.");
  }

  private static ErrorResponseException unauthorized() {
    ErrorResponseException problem =
        problem(
            HttpStatus.UNAUTHORIZED,
            "Send the client_notification_token of the request that auth_req_id names as bearer"
                + " token.");
    problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    return problem;
  }

  private static ErrorResponseException problem(HttpStatus status, String detail) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }
}
