package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.Browser;
import dev.countersign.app.signout.SignOuts;
import dev.countersign.devservices.tenant.IdentityTenant;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Who may call what: every endpoint that the application has, by everybody who may try. An endpoint
 * without a row fails, and a kind of caller is one more constant.
 */
class AuthorizationMatrixIT {
  @RegisterExtension
  static final Product product =
      new Product()
          .startApplication(
              "countersign.receipts.key=" + Product.receiptsKey(),
              "countersign.edge.refusals-per-address-and-minute=100000",
              "countersign.operators.claim=" + IdentityTenant.ROLES_CLAIM,
              "countersign.operators.value=" + IdentityTenant.OPERATOR_ROLE);

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Set<String> UNSAFE = Set.of("POST", "PATCH", "DELETE");

  /** The container's own page of errors, which says nothing. */
  private static final String ERROR = "/error";

  /** Who calls. */
  private enum Who {
    ANONYMOUS,
    BOB,
    EXPIRED,
    WRONG_AUDIENCE,
    WRONG_ISSUER,
    UNSIGNED,
    ID_TOKEN,
    REVOKED_SESSION,
    SESSION_WITHOUT_HEADER,
    SESSION,
    OPERATOR,
    OPERATOR_SESSION_WITHOUT_HEADER,
    OPERATOR_SESSION,
    ALICE;

    boolean isBadToken() {
      return compareTo(EXPIRED) >= 0 && compareTo(ID_TOKEN) <= 0;
    }
  }

  /** For whom an endpoint is. */
  private enum For {
    /** Everybody, whatever they show. */
    ALL,
    /** Whoever is signed in or has a token. */
    USERS,
    /** The one whose it is: for all others it isn't there. */
    OWNER,
    /** Operators, whose calls it need not be. */
    OPERATORS,
    /** The page: says to everybody who is signed in. */
    PAGE,
    /** The page: signs out, and says so to whoever isn't signed in too. */
    SIGN_OUT
  }

  /**
   * An endpoint.
   *
   * @param ends what its owner is answered; nothing but the call itself may stand against it
   */
  private record Row(
      String method, String path, For whom, @Nullable String body, Set<Integer> ends) {
    String name() {
      return method + " " + path;
    }
  }

  /** In this order: the last ones end what the others need. */
  private static final List<Row> ROWS =
      List.of(
          row("GET", "/", For.ALL, null, 200),
          row("GET", "/operator", For.ALL, null, 200),
          row("POST", "/logout/backchannel", For.ALL, "logout_token=x", 400),
          row("POST", "/ciba/notification", For.ALL, "{\"auth_req_id\": \"x\"}", 401, 404),
          row("GET", "/api/session", For.PAGE, null, 200),
          row("POST", "/api/chat", For.USERS, "{\"message\": \"Hello\"}", 200),
          row("GET", "/api/chat", For.USERS, null, 200),
          row("GET", "/api/chat/{conversationId}", For.OWNER, null, 200),
          row("GET", "/api/chat/{conversationId}/events", For.OWNER, null, 200),
          row("PATCH", "/api/chat/{conversationId}", For.OWNER, "{\"title\": \"Vases\"}", 200),
          row(
              "POST",
              "/api/chat/{conversationId}/messages/{message}/stop",
              For.OWNER,
              null,
              204,
              409),
          row("GET", "/api/approvals", For.USERS, null, 200),
          row("GET", "/api/approvals/open", For.USERS, null, 200),
          row("GET", "/api/approvals/{id}", For.OWNER, null, 200),
          row("GET", "/api/approvals/{id}/receipt", For.OWNER, null, 404, 409),
          row("GET", "/.well-known/countersign-receipts.json", For.ALL, null, 200),
          row("GET", "/api/operator/calls", For.OPERATORS, null, 200),
          row("GET", "/api/operator/calls/{id}", For.OPERATORS, null, 200),
          row("GET", "/api/operator/calls/{id}/receipt", For.OPERATORS, null, 404, 409),
          row("POST", "/api/operator/calls/{id}/settle", For.OPERATORS, "{\"done\": true}", 409),
          row("POST", "/api/operator/calls/{id}/cancel", For.OPERATORS, null, 200),
          row("GET", "/api/purchases", For.USERS, null, 200),
          row("POST", "/api/purchases", For.USERS, "{\"product\": \"pen\", \"qty\": 1}", 202),
          row("GET", "/api/purchases/{id}", For.OWNER, null, 200),
          row("GET", "/api/grants", For.USERS, null, 200),
          row("DELETE", "/api/grants/{id}", For.OWNER, null, 204, 404),
          row("POST", "/api/purchases/{id}/cancel", For.OWNER, null, 200, 202, 409),
          row("POST", "/api/approvals/{id}/cancel", For.OWNER, null, 200, 409),
          row("DELETE", "/api/chat/{conversationId}", For.OWNER, null, 204, 404),
          row("POST", "/logout", For.SIGN_OUT, null, 200));

  private static Row row(
      String method, String path, For whom, @Nullable String body, Integer... ends) {
    return new Row(method, path, whom, body, Set.of(ends));
  }

  private static final Map<Who, Map<String, String>> HEADERS = new EnumMap<>(Who.class);
  private static String conversation = "";
  private static String call = "";

  @BeforeAll
  static void callers() throws ParseException {
    SignOuts signOuts = product.application().getBean(SignOuts.class);
    await().atMost(Product.PATIENCE).until(signOuts::isCurrent);
    JsonNode turn = product.as("alice").say(null, "Buy 2 vases").body();
    conversation = turn.path("conversationId").asText();
    call = turn.path("calls").path(0).path("id").asText();

    Instant past = Instant.now().minus(Duration.ofHours(1));
    String good = product.tenant.apiToken("alice");
    HEADERS.put(Who.ANONYMOUS, Map.of());
    HEADERS.put(Who.ALICE, bearer(good));
    HEADERS.put(Who.BOB, bearer(product.tenant.apiToken("bob")));
    HEADERS.put(Who.OPERATOR, bearer(product.tenant.apiToken("olivia")));
    HEADERS.put(
        Who.EXPIRED,
        bearer(
            product.tenant.token(
                "alice", claims -> claims.issuedAt(past.minusSeconds(60)).expiresAt(past))));
    HEADERS.put(
        Who.WRONG_AUDIENCE,
        bearer(
            product.tenant.token("alice", claims -> claims.audience(List.of("sample-shop-api")))));
    HEADERS.put(
        Who.WRONG_ISSUER,
        bearer(product.tenant.token("alice", claims -> claims.issuer("https://evil.example/"))));
    HEADERS.put(
        Who.UNSIGNED, bearer(new PlainJWT(SignedJWT.parse(good).getJWTClaimsSet()).serialize()));
    HEADERS.put(
        Who.ID_TOKEN,
        bearer(
            product.tenant.token(
                "alice",
                claims ->
                    claims
                        .audience(List.of(product.tenant.clientId(), "countersign"))
                        .claim("nonce", "n")
                        .claim("at_hash", "h"))));
    HEADERS.put(Who.SESSION, session("alice", false, true));
    HEADERS.put(Who.SESSION_WITHOUT_HEADER, session("alice", false, false));
    HEADERS.put(Who.REVOKED_SESSION, session("alice", true, true));
    HEADERS.put(Who.OPERATOR_SESSION, session("olivia", false, true));
    HEADERS.put(Who.OPERATOR_SESSION_WITHOUT_HEADER, session("olivia", false, false));
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private static Map<String, String> session(String user, boolean revoked, boolean header) {
    try (Browser browser = new Browser()) {
      browser.signIn(product.base(), user);
      browser.get(product.base() + "/api/session");
      String csrf = browser.value("COUNTERSIGN_CSRF");
      String cookies =
          "COUNTERSIGN_SESSION="
              + browser.value("COUNTERSIGN_SESSION")
              + "; COUNTERSIGN_CSRF="
              + csrf;
      if (revoked) {
        browser.postAsScript(product.base() + "/logout", "");
      }
      return header ? Map.of("Cookie", cookies, "X-CSRF-TOKEN", csrf) : Map.of("Cookie", cookies);
    }
  }

  @Test
  void everyEndpointHasARow() {
    assertThat(ROWS).extracting(Row::name).containsExactlyInAnyOrderElementsOf(endpoints());
  }

  private static Set<String> endpoints() {
    Set<String> endpoints = new TreeSet<>();
    product
        .application()
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(mapping -> {
          for (String path : mapping.getPatternValues()) {
            if (!path.equals(ERROR)) {
              String named = path.replaceAll("\\{(\\w+):.*?}(?=/|$)", "{$1}");
              methods(mapping).forEach(method -> endpoints.add(method + " " + named));
            }
          }
        });
    return endpoints;
  }

  private static Set<RequestMethod> methods(RequestMappingInfo mapping) {
    Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
    return methods.isEmpty() ? Set.of(RequestMethod.values()) : methods;
  }

  @Test
  void everybodyGetsWhatIsForThemAndNothingElse() {
    List<String> wrong = new ArrayList<>();
    for (Row row : ROWS) {
      for (Who who : Who.values()) {
        Set<Integer> wanted = wanted(row, who);
        int status = status(row, who);
        if (!wanted.contains(status)) {
          wrong.add("%s by %s: %d, not %s".formatted(row.name(), who, status, wanted));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static Set<Integer> wanted(Row row, Who who) {
    boolean unproved = UNSAFE.contains(row.method());
    return switch (row.whom()) {
      case ALL -> row.ends();
      case PAGE ->
          who.isBadToken()
              ? Set.of(401)
              : who == Who.ALICE || who == Who.BOB || who == Who.OPERATOR
                  ? Set.of(403)
                  : row.ends();
      case SIGN_OUT ->
          switch (who) {
            case SESSION, REVOKED_SESSION, OPERATOR_SESSION -> row.ends();
            default -> Set.of(403);
          };
      case OPERATORS ->
          switch (who) {
            case ANONYMOUS, EXPIRED, WRONG_AUDIENCE, WRONG_ISSUER, UNSIGNED, ID_TOKEN ->
                Set.of(401);
            case REVOKED_SESSION -> Set.of(401);
            case BOB, SESSION_WITHOUT_HEADER, SESSION, ALICE -> Set.of(403);
            case OPERATOR_SESSION_WITHOUT_HEADER -> unproved ? Set.of(403) : row.ends();
            case OPERATOR, OPERATOR_SESSION -> row.ends();
          };
      case USERS, OWNER ->
          switch (who) {
            case ANONYMOUS, EXPIRED, WRONG_AUDIENCE, WRONG_ISSUER, UNSIGNED, ID_TOKEN ->
                Set.of(401);
            case REVOKED_SESSION -> Set.of(401);
            case BOB, OPERATOR, OPERATOR_SESSION ->
                row.whom() == For.OWNER ? Set.of(404) : row.ends();
            case OPERATOR_SESSION_WITHOUT_HEADER ->
                unproved ? Set.of(403) : row.whom() == For.OWNER ? Set.of(404) : row.ends();
            case SESSION_WITHOUT_HEADER -> unproved ? Set.of(403) : row.ends();
            case SESSION, ALICE -> row.ends();
          };
    };
  }

  private static int status(Row row, Who who) {
    String path =
        row.path()
            .replace("{conversationId}", conversation)
            .replace("{message}", "1")
            .replace("{id}", row.path().contains("grants") ? "nothing" : call);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(product.base() + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                row.method(),
                row.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(row.body()));
    if (row.body() != null) {
      request.header(
          "Content-Type",
          row.body().startsWith("{") ? "application/json" : "application/x-www-form-urlencoded");
    }
    Objects.requireNonNull(HEADERS.get(who)).forEach(request::header);
    try {
      HttpResponse<InputStream> answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
      answer.body().close(); // a stream has no end
      return answer.statusCode();
    } catch (IOException e) {
      throw new IllegalStateException(row.name() + " by " + who, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
