package dev.countersign.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.Closing;
import dev.countersign.TestIssuer;
import dev.countersign.app.edge.RawHttp.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Long and malformed requests over real sockets. */
@SpringBootTest(
    classes = TestEdge.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "countersign.oidc.client-id=app",
      "countersign.oidc.client-secret=hush",
      "countersign.edge.refusals-per-address-and-minute=1000",
      "management.server.port=0"
    })
@ExtendWith({Closing.Awaited.class, OutputCaptureExtension.class})
@Timeout(60)
class EdgeTest {
  private static final TestIssuer ISSUER = new TestIssuer("/");
  private static final int LONGEST = 64 * 1024;

  @Autowired private MeterRegistry meters;
  @LocalServerPort private int port;
  @LocalManagementPort private int managementPort;

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry registry) {
    registry.add("countersign.oidc.issuer", ISSUER::issuer);
  }

  @AfterAll
  static void close() {
    ISSUER.close();
  }

  private static String authorization() {
    return "Authorization: Bearer " + ISSUER.token("alice") + "\r\n";
  }

  private static String head(String requestLine, String... headers) {
    return requestLine
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + authorization()
        + String.join("", Arrays.stream(headers).map(header -> header + "\r\n").toList())
        + "\r\n";
  }

  private static String json(String path, String length) {
    return head("POST " + path, "Content-Type: application/json", length);
  }

  private static String whole(String path, String body) {
    return head(
            "POST " + path,
            "Content-Type: application/json",
            "Connection: close",
            "Content-Length: " + body.length())
        + body;
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static void refused(Answer answer, int status) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
  }

  @Test
  void bodyThatSaysThatItIsTooLongIsNotRead() {
    for (String login : new String[] {authorization(), ""}) {
      refused(
          RawHttp.exchange(
              port,
              "POST /api/echo/purchases HTTP/1.1\r\nHost: localhost\r\n"
                  + login
                  + "Content-Length: 65537\r\n\r\n"),
          413);
    }
  }

  @Test
  void bodyOfUnknownLengthIsCountedAsItComes() {
    try (var http = new RawHttp(port)) {
      http.send(json("/api/echo/purchases", "Transfer-Encoding: chunked"));
      http.send(chunk("{\"product\":\"pen\",\"qty\":1,\"more\":[1"));
      String kilobyte = chunk(",1".repeat(512));
      for (int sent = 0; sent < LONGEST; sent += 1024) {
        http.send(kilobyte);
      }
      refused(http.answer(), 413);
    }
  }

  @Test
  void formIsCountedToo() {
    try (var http = new RawHttp(port)) {
      http.send(
          head(
              "POST /api/form",
              "Content-Type: application/x-www-form-urlencoded",
              "Transfer-Encoding: chunked"));
      http.send(chunk("field=" + "x".repeat(LONGEST)));
      refused(http.answer(), 413);
    }
  }

  @Test
  void eachRequestOfAConnectionHasItsOwnLength() {
    String body = "{\"product\":\"pen\",\"qty\":1" + " ".repeat(LONGEST * 2 / 3) + "}";
    try (var http = new RawHttp(port)) {
      http.send(json("/api/echo/purchases", "Content-Length: " + body.length()) + body);
      http.send(whole("/api/echo/purchases", body));
      assertThat(http.answer().toString()).containsSubsequence("HTTP/1.1 200", "HTTP/1.1 200");
    }
  }

  @Test
  void userMaySendSoManyBodiesAtOnce() {
    List<RawHttp> unfinished = new ArrayList<>();
    try {
      String head = json("/api/echo/purchases", "Content-Length: 100") + "{";
      await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> {
            unfinished.add(new RawHttp(port).send(head));
            return unfinished.stream().anyMatch(RawHttp::isAnswered);
          });
      assertThat(unfinished).hasSizeGreaterThan(BodiesAtOnce.MOST);
      assertThat(meters.get("countersign.limits.hit").tag("limit", "bodies_of_user").counter())
          .returns(true, hits -> hits.count() > 0);
      refused(RawHttp.exchange(port, whole("/api/echo/purchases", "{}")), 429);
      assertThat(RawHttp.exchange(port, head("GET /api/echo", "Connection: close")).status())
          .isEqualTo(200);
    } finally {
      unfinished.forEach(RawHttp::close);
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> refused(RawHttp.exchange(port, whole("/api/echo/purchases", "{}")), 400));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"product":"pen","product":"gold","qty":1}
          {"product":"pen","qty":1,"more":{"a":1,"a":2}}
          {"product":"pen","qty":1}{"product":"gold","qty":2}
          """)
  void jsonThatMeansTwoThingsIsRefused(String body) {
    refused(RawHttp.exchange(port, whole("/api/echo/purchases", body)), 400);
  }

  @Test
  void jsonThatIsDeepOrLongInOnePlaceIsRefused() {
    for (String more :
        new String[] {
          "\"" + "x".repeat(16_385) + "\"", "[".repeat(33) + "]".repeat(33), "1".repeat(257)
        }) {
      String body = "{\"product\":\"pen\",\"qty\":1,\"more\":%s}".formatted(more);
      refused(RawHttp.exchange(port, whole("/api/echo/purchases", body)), 400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/echo?a=%zz",
        "/api/echo?a=%",
        "/api/echo?a=%f",
        "/api/echo?a=%ff",
        "/api/echo?a=%c0%af",
        "/api/echo?a=%ed%a0%80",
        "/api/echo?x%0d%0aINFO+forged=%zz",
        "/api/echo?=1",
        "/api/echo?a=[^]",
        "/api/echo?a=\u0001",
        "/api/echo;a=1",
        "/api;a=1/echo",
        "//api/echo",
        "/api//echo",
        "/api/../api/echo",
        "/api/%2e%2e/api/echo",
        "/api/%2E/echo",
        "/api%2fecho",
        "/api/%5cecho",
        "/api\\echo",
        "/api/%00",
        "/api/%0d%0aecho",
        "/api/%zz",
        "/api/%ff",
        "/api/echo;a=%zz",
        "/api/echo;a=%ff",
        "/main.js;a=%zz",
        "/?a=%zz",
        "/logout?a=%zz",
        "/nowhere?a=%zz",
        "/error?a=%zz",
        "/ciba/notification?a=%zz",
        "/oauth2/authorization/countersign?a=%zz",
        "http://evil.example/api/echo",
        "http://local host/api/echo",
        "http://localhost:99999/api/echo",
        "echo"
      })
  void malformedAddressIs400(String target, CapturedOutput output) {
    for (int server : new int[] {port, managementPort}) {
      String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n";
      refused(
          RawHttp.exchange(server, request + authorization() + "Connection: close\r\n\r\n"), 400);
    }
    assertThat(output).doesNotContain("\tat ").doesNotContain("forged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | GET /api/echo HTTP/1.1\\r\\n
          400 | GET /api/echo HTTP/1.1\\r\\nHost: a b\\r\\n
          400 | GET /api/echo HTTP/1.1\\r\\nHost: a<b\\r\\n
          400 | GET /api/echo HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n
          400 | GET /api/echo HTTP/1.1\\r\\nHost: a:99999\\r\\n
          400 | GET /api/echo HTTP/1.1\\r\\nHost: a\\r\\nX y: z\\r\\n
          400 | GET /api/echo HTTP/1.1\\r\\nHost: a\\r\\nX: y\\0z\\r\\n
          400 | GET /api/echo HTTP/1.1\\r\\nHost: a\\r\\n X: folded\\r\\n
          400 | GET /api/echo HTTP/1.1 \\r\\nHost: a\\r\\n
          400 | GET /api/echo HTTP/1.1\\r\\nHost: a\\r\\nX-Forwarded-Prefix: //b\\r\\n
          400 | GET /api/echo HTTP/1.1\\r\\nHost: a\\r\\nX-Forwarded-Prefix: /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\\r\\n
          400 | GET /api/echo HTTP/1.1\\r\\nHost: a\\r\\nX-Forwarded-Prefix: /b/..;%zz\\r\\n
          400 | G@T /api/echo HTTP/1.1\\r\\nHost: a\\r\\n
          505 | GET /api/echo HTTP/9.9\\r\\nHost: a\\r\\n
          400 | POST /api/echo HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: -1\\r\\n
          400 | POST /api/echo HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: x\\r\\n
          400 | POST /api/echo HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 99999999999999999999\\r\\n
          400 | POST /api/echo HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n
          501 | POST /api/echo HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: gzip\\r\\n
          417 | POST /api/echo HTTP/1.1\\r\\nHost: a\\r\\nExpect: more\\r\\n
          """)
  void malformedHeadersAreRefused(int status, String head, CapturedOutput output) {
    for (int server : new int[] {port, managementPort}) {
      refused(RawHttp.exchange(server, head.translateEscapes() + "\r\n"), status);
    }
    assertThat(output).doesNotContain("\tat ");
  }

  @Test
  void headersThatAreTooLongOrTooManyAre400(CapturedOutput output) {
    for (String headers :
        new String[] {"X: " + "y".repeat(17_000) + "\r\n", "X: y\r\n".repeat(200)}) {
      refused(
          RawHttp.exchange(port, "GET / HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n"), 400);
    }
    refused(RawHttp.exchange(port, head("GET /?" + "a".repeat(17_000))), 400);
    refused(RawHttp.exchange(port, head("GET /?" + "a=1&".repeat(101))), 400);
    assertThat(output).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/echo/purchases, multipart/form-data, 415",
    "POST, /api/echo/purchases, multipart/form-data; boundary=x, 415",
    "POST, /api/echo/purchases, a, 415",
    "POST, /api/echo/purchases, application/json; charset=none, 415",
    "POST, /api/echo/purchases, application/x-www-form-urlencoded, 400",
    "POST, /api/form, multipart/form-data, 400",
    "POST, /api/form, application/x-www-form-urlencoded, 400",
    "PUT, /api/form, application/x-www-form-urlencoded, 405",
    "PATCH, /api/form, application/x-www-form-urlencoded, 405",
    "DELETE, /api/form, multipart/form-data, 405",
    "POST, /api/nowhere, multipart/form-data, 404",
    "PUT, /nowhere, application/x-www-form-urlencoded, 403",
    "QUERY, /api/echo, application/json, 405",
    "FOO, /api/echo, application/json, 405",
    "get, /api/echo, application/json, 405",
    "TRACE, /api/echo, application/json, 405",
    "CONNECT, /api/echo, application/json, 501"
  })
  void oddMethodsAndTypesAreRefused(
      String method, String path, String type, int status, CapturedOutput output) {
    String body = method.equals("TRACE") ? "" : "a=%zz";
    String request =
        head(
            method + " " + path,
            "Content-Type: " + type,
            "Connection: close",
            "Content-Length: " + body.length());
    refused(RawHttp.exchange(port, request + body), status);
    assertThat(output).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", ";;;/", "image/png", "a/b/c", "text/html;q=x"})
  void badAcceptIs406(String accept, CapturedOutput output) {
    refused(
        RawHttp.exchange(port, head("GET /api/echo", "Accept: " + accept, "Connection: close")),
        406);
    assertThat(output).doesNotContain("\tat ");
  }

  @Test
  void brokenChunkIs400(CapturedOutput output) {
    refused(
        RawHttp.exchange(
            port, json("/api/echo/purchases", "Transfer-Encoding: chunked") + "zz\r\n"),
        400);
    assertThat(output).doesNotContain("\tat ");
  }
}
