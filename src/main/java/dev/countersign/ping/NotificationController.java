package dev.countersign.ping;

import dev.countersign.approval.CibaPing;
import dev.countersign.approval.NotificationTokens;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes the provider's pings (CIBA Core 10.2): {@code POST /ciba/notification} with the token of
 * the request as bearer token and {@code {"auth_req_id": "…"}} as body. 204 for every ping that may
 * be the provider's, a repeated or late one too; 401 for one that can't be; 400 for a body that
 * says nothing; 503 while the workflow can't be told. The ping itself proves nothing: who waits
 * asks the provider.
 */
@RestController
final class NotificationController {
  private static final Logger log = LoggerFactory.getLogger(NotificationController.class);
  private static final String SCHEME = "Bearer ";
  private static final int LONGEST_BODY = 16_384;
  private static final Duration QUERY_PATIENCE = Duration.ofSeconds(1);
  private static final Duration SIGNAL_PATIENCE = Duration.ofSeconds(5);

  private final ObjectProvider<NotificationTokens> tokens;
  private final WorkflowClient client;
  private final ObjectReader json;

  NotificationController(
      ObjectProvider<NotificationTokens> tokens, WorkflowClient client, JsonMapper json) {
    this.tokens = tokens;
    this.client = client;
    this.json = json.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
  }

  @PostMapping(path = PingAutoConfiguration.PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ProblemDetail> ping(
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) List<String> authorization,
      InputStream body)
      throws IOException {
    Optional<String> token = bearerToken(authorization);
    if (token.isEmpty()) {
      return unauthorized("Bearer", "Send the client_notification_token as bearer token.");
    }
    // in poll mode there are no tokens, and so none that is ours
    Optional<String> workflowId =
        Optional.ofNullable(tokens.getIfAvailable())
            .flatMap(known -> known.workflowId(token.get()));
    if (workflowId.isEmpty()) {
      return invalidToken();
    }
    Optional<String> authReqId = authReqId(body.readNBytes(LONGEST_BODY + 1));
    if (authReqId.isEmpty()) {
      return problem(
          HttpStatus.BAD_REQUEST,
          "The body must be a JSON object with the member auth_req_id, a text, and at most "
              + LONGEST_BODY
              + " bytes long.");
    }
    CibaPing ping =
        new CibaPing(
            NotificationTokens.digest(token.get()), NotificationTokens.digest(authReqId.get()));
    return pass(ping, workflowId.get());
  }

  private ResponseEntity<ProblemDetail> pass(CibaPing ping, String workflowId) {
    if (new PingedWorkflow(client, workflowId, QUERY_PATIENCE).disowns(ping)) {
      log.warn("A ping for {} came with a token that is not for its auth_req_id", workflowId);
      return invalidToken();
    }
    try {
      new PingedWorkflow(client, workflowId, SIGNAL_PATIENCE).tell(ping);
    } catch (RuntimeException e) {
      log.warn("A ping could not be passed on to {}: {}", workflowId, e.toString());
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
          .header(HttpHeaders.RETRY_AFTER, "5")
          .body(
              ProblemDetail.forStatusAndDetail(
                  HttpStatus.SERVICE_UNAVAILABLE,
                  "The notification can't be passed on at the moment. Send it again."));
    }
    return ResponseEntity.noContent().build();
  }

  private static Optional<String> bearerToken(@Nullable List<String> authorization) {
    if (authorization == null || authorization.size() != 1) {
      return Optional.empty();
    }
    String value = authorization.getFirst();
    return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(value.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  private Optional<String> authReqId(byte[] body) {
    if (body.length > LONGEST_BODY) {
      return Optional.empty();
    }
    try {
      JsonNode authReqId = json.readTree(body).path("auth_req_id");
      return authReqId.isString() && !authReqId.asString().isEmpty()
          ? Optional.of(authReqId.asString())
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static ResponseEntity<ProblemDetail> invalidToken() {
    return unauthorized(
        "Bearer error=\"invalid_token\"",
        "The bearer token is not the client_notification_token of this auth_req_id.");
  }

  private static ResponseEntity<ProblemDetail> unauthorized(String challenge, String detail) {
    return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
        .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
        .body(ProblemDetail.forStatusAndDetail(HttpStatus.UNAUTHORIZED, detail));
  }

  private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
    return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, detail));
  }
}
