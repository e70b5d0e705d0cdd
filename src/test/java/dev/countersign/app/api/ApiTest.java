package dev.countersign.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.countersign.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The edge of the API over real HTTP: who gets in, and what is said to whoever doesn't. */
@SpringBootTest(
    classes = TestApi.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "countersign.oidc.client-id=app",
      "countersign.oidc.client-secret=hush",
      "management.server.port=0"
    })
class ApiTest {
  private static final TestIssuer ISSUER = new TestIssuer("/");
  private static final TestIssuer OTHER = new TestIssuer("");

  @LocalServerPort private int port;
  @LocalManagementPort private int managementPort;
  @Autowired private AtomicBoolean temporalIsReachable;

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry registry) {
    registry.add("countersign.oidc.issuer", ISSUER::issuer);
  }

  @AfterAll
  static void close() {
    ISSUER.close();
    OTHER.close();
  }

  @AfterEach
  void recover() {
    temporalIsReachable.set(true);
  }

  private HttpResponse<String> send(UnaryOperator<HttpRequest.Builder> request, String path) {
    URI uri = URI.create("http://localhost:" + port + path);
    return send(request.apply(HttpRequest.newBuilder(uri)).build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(String path, String... headers) {
    return send(request -> headers.length == 0 ? request : request.headers(headers), path);
  }

  private HttpResponse<String> getAsAlice(String path) {
    return get(path, "Authorization", "Bearer " + ISSUER.token("alice"));
  }

  private HttpResponse<String> postAsAlice(String path, String body) {
    return send(
        request ->
            request
                .headers(
                    "Authorization",
                    "Bearer " + ISSUER.token("alice"),
                    "Content-Type",
                    "application/json")
                .POST(BodyPublishers.ofString(body)),
        path);
  }

  private JsonNode problem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    JsonNode problem = json.readTree(response.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asString()).isNotEmpty();
    assertThat(problem.path("detail").asString()).isNotEmpty();
    return problem;
  }

  private static String detail(JsonNode problem) {
    return problem.path("detail").asString();
  }

  @Test
  void callerIsTheSubjectOfTheToken() {
    HttpResponse<String> response = getAsAlice("/api/echo");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json.readTree(response.body()).path("sub").asString()).isEqualTo("alice");
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void callerHasTheClaimsOfTheToken() {
    String token = ISSUER.token("alice", claims -> claims.claim("email", "alice@example.com"));
    HttpResponse<String> response = get("/api/echo/claims", "Authorization", "Bearer " + token);
    JsonNode claims = json.readTree(response.body());
    assertThat(claims.path("email").asString()).isEqualTo("alice@example.com");
    assertThat(claims.path("sub").asString()).isEqualTo("alice");
  }

  @Test
  void requestWithoutTokenIs401() {
    HttpResponse<String> response = get("/api/echo");
    assertThat(detail(problem(response, 401)))
        .isEqualTo(
            "Sign in at the page of this application, or send a bearer token for the audience"
                + " countersign.");
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
  }

  @Test
  void refusalPointsAtWhoIssuesTokens() {
    HttpResponse<String> response = get("/.well-known/oauth-protected-resource");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json.readTree(response.body()).path("authorization_servers").get(0).asString())
        .isEqualTo(ISSUER.issuer());
    assertThat(get("/api/echo").headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(
            value -> assertThat(value).contains("/.well-known/oauth-protected-resource"));
  }

  static Stream<Named<String>> badTokens() {
    Date past = Date.from(Instant.now().minus(Duration.ofMinutes(10)));
    return Stream.of(
        Named.of("garbage", "garbage"),
        Named.of("three parts of garbage", "a.b.c"),
        Named.of("wrong audience", ISSUER.token("alice", claims -> claims.audience("other"))),
        Named.of("no audience", ISSUER.token("alice", claims -> claims.audience((String) null))),
        Named.of("wrong issuer", ISSUER.token("alice", claims -> claims.issuer("https://evil"))),
        Named.of(
            "issuer without its slash",
            ISSUER.token("alice", claims -> claims.issuer(ISSUER.issuer().replaceFirst("/$", "")))),
        Named.of("another issuer's", OTHER.token("alice")),
        Named.of("expired", ISSUER.token("alice", claims -> claims.expirationTime(past))),
        Named.of("without expiry", ISSUER.token("alice", claims -> claims.expirationTime(null))),
        Named.of("without subject", ISSUER.token("alice", claims -> claims.subject(null))),
        Named.of("forged", ISSUER.forgedToken("alice")),
        Named.of("alg none", ISSUER.unsignedToken("alice")));
  }

  @ParameterizedTest
  @MethodSource("badTokens")
  void badTokenIs401(String token) {
    HttpResponse<String> response = get("/api/echo", "Authorization", "Bearer " + token);
    assertThat(detail(problem(response, 401)))
        .isEqualTo(
            "The bearer token is not valid: it must be unexpired, from this application's"
                + " identity provider and for the audience countersign.");
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(
            value -> assertThat(value).startsWith("Bearer error=\"invalid_token\""));
  }

  @Test
  void everythingOutsideOfTheApiIsDenied() {
    problem(get("/"), 401);
    problem(get("/actuator/health"), 401);
    problem(get("/actuator/sbom/application"), 401);
    problem(getAsAlice("/elsewhere"), 403);
    problem(get("/v3/api-docs"), 401);
    problem(get("/swagger-ui/index.html"), 401);
  }

  @Test
  void healthAndMetricsNeedNoTokenOnTheirOwnPort() {
    HttpRequest.Builder health =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + managementPort + "/actuator/health"));
    assertThat(send(health.build()).statusCode()).isEqualTo(200);
    HttpRequest.Builder sbom =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/actuator/sbom"));
    assertThat(send(sbom.build()).statusCode()).isEqualTo(200);
    HttpRequest.Builder environment =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/actuator/env"));
    assertThat(send(environment.build()).statusCode()).isEqualTo(401);
  }

  @Test
  void idempotencyKeyIsTheHeaders() {
    HttpResponse<String> response =
        get(
            "/api/echo",
            "Authorization",
            "Bearer " + ISSUER.token("alice"),
            "Idempotency-Key",
            "k".repeat(255));
    assertThat(json.readTree(response.body()).path("key").asString()).isEqualTo("k".repeat(255));
  }

  @Test
  void everyRequestWithoutIdempotencyKeyGetsItsOwn() {
    assertThat(getAsAlice("/api/echo").body()).isNotEqualTo(getAsAlice("/api/echo").body());
  }

  static Stream<List<String>> badKeys() {
    return Stream.of(
        List.of("Idempotency-Key", "k".repeat(256)),
        List.of("Idempotency-Key", ""),
        List.of("Idempotency-Key", "two words"),
        List.of("Idempotency-Key", "k1", "Idempotency-Key", "k2"));
  }

  @ParameterizedTest
  @MethodSource("badKeys")
  void badIdempotencyKeyIs400(List<String> headers) {
    String token = "Bearer " + ISSUER.token("alice");
    HttpResponse<String> response =
        send(
            request ->
                request.headers(headers.toArray(String[]::new)).header("Authorization", token),
            "/api/echo");
    assertThat(detail(problem(response, 400))).startsWith("The header Idempotency-Key must ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /api/echo/purchases | {"product": "phone", "qty": "2"} | qty | must be a number
          /api/echo/purchases | {"product": "phone", "qty": 1.5} | qty | must be a whole number from 1 to 1,000
          /api/echo/purchases | {"product": "phone", "qty": 1001} | qty | must be a whole number from 1 to 1,000
          /api/echo/purchases | {"product": "phone", "qty": true} | qty | must be a number
          /api/echo/purchases | {"product": 5, "qty": 1} | product | must be a text
          /api/echo/purchases | {"product": ["phone"], "qty": 1} | product | must be a text
          /api/echo/purchases | {"product": "phone", "qty": 1, "userCode": 1234} | userCode | must be a text
          /api/echo/purchases | {"product": "phone", "qty": 1, "idTokenHint": {}} | idTokenHint | must be a text
          /api/echo/purchases | {"qty": 1} | product | must be given
          /api/echo/whole | {"count": 1.5} | count | must be a whole number
          /api/echo/whole | {"count": "1"} | count | must be a whole number
          /api/echo/whole | {"count": 99999999999} | count | must be a whole number
          """)
  void wrongFieldIs400AndNamed(String path, String body, String field, String message) {
    JsonNode problem = problem(postAsAlice(path, body), 400);
    assertThat(problem.path("errors").get(0).path("field").asString()).isEqualTo(field);
    assertThat(problem.path("errors").get(0).path("message").asString()).isEqualTo(message);
    assertThat(detail(problem)).contains(field + " " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"product": "phone",
          []
          "text"
          {"product": "phone", "qty": 1} trailing
          ``
          """)
  void malformedJsonIs400(String body) {
    JsonNode problem = problem(postAsAlice("/api/echo/purchases", body), 400);
    assertThat(detail(problem)).isEqualTo("The body must be a valid JSON object.");
  }

  @Test
  void unknownFieldsAreIgnored() {
    HttpResponse<String> response =
        postAsAlice("/api/echo/purchases", "{\"product\": \"phone\", \"qty\": 2, \"colour\": 1}");
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void wrongParameterIs400AndNamed() {
    assertThat(detail(problem(getAsAlice("/api/echo/page?page=x"), 400)))
        .isEqualTo("page must be a whole number.");
    problem(getAsAlice("/api/echo/page"), 400);
  }

  @Test
  void unknownPathIs404() {
    problem(getAsAlice("/api/nowhere"), 404);
  }

  @Test
  void wrongMethodIs405() {
    HttpResponse<String> response = postAsAlice("/api/echo", "{}");
    problem(response, 405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET");
  }

  @Test
  void wrongMediaTypesAre415And406() {
    String token = "Bearer " + ISSUER.token("alice");
    problem(
        send(
            request ->
                request
                    .headers("Authorization", token, "Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString("hello")),
            "/api/echo/purchases"),
        415);
    problem(get("/api/echo", "Authorization", token, "Accept", "image/png"), 406);
  }

  @Test
  void temporalOutageIs503AndSaysThatNothingIsLost() {
    HttpResponse<String> response = getAsAlice("/api/echo/outage");
    assertThat(detail(problem(response, 503))).contains("Nothing is lost").doesNotContain("10.0");
    assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
  }

  /** It is there, and reached: nobody is to look for an outage. */
  @Test
  void temporalsLimitOfCallsIs503AndIsNoOutage() {
    HttpResponse<String> response = getAsAlice("/api/echo/crowd");
    assertThat(detail(problem(response, 503)))
        .contains("More is asked for", "Nothing is lost")
        .doesNotContain("10.0", "reached");
    assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
  }

  @Test
  void requestIsRefusedAtOnceWhileTemporalIsKnownToBeAway() {
    temporalIsReachable.set(false);
    HttpResponse<String> response = getAsAlice("/api/echo");
    assertThat(detail(problem(response, 503))).contains("Nothing is lost");
    assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
    temporalIsReachable.set(true);
    assertThat(getAsAlice("/api/echo").statusCode()).isEqualTo(200);
  }

  @Test
  void unexpectedFailureIs500WithoutDetails() {
    JsonNode problem = problem(getAsAlice("/api/echo/bug"), 500);
    assertThat(problem.toString()).doesNotContain("secret").doesNotContain("Exception");
  }

  @Test
  void tokenClaimsAreReadFromTheTokenOnly() {
    String token = ISSUER.token("bob", (JWTClaimsSet.Builder claims) -> claims.claim("name", "x"));
    assertThat(get("/api/echo?sub=alice", "Authorization", "Bearer " + token, "sub", "alice"))
        .satisfies(response ->
            assertThat(json.readTree(response.body()).path("sub").asString()).isEqualTo("bob"));
  }
}
