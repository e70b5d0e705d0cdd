package dev.countersign.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.TestIssuer;
import dev.countersign.app.edge.RawHttp.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Clients that take their time, over real sockets. */
@SpringBootTest(
    classes = TestEdge.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "countersign.oidc.client-id=app",
      "countersign.oidc.client-secret=hush",
      "countersign.edge.request-deadline=1s",
      "management.server.port=0"
    })
@Timeout(60)
class EdgeDeadlineTest {
  private static final TestIssuer ISSUER = new TestIssuer("/");
  private static final Duration SOON = Duration.ofSeconds(15);

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

  private static String post(String path, String type, String length) {
    return "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\n%s\r\n\r\n"
        .formatted(path, ISSUER.token("alice"), type, length);
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static void isTooSlow(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(408);
    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
  }

  @Test
  void bodyThatDripsIsGivenUp() {
    try (var http = new RawHttp(port)) {
      http.send(post("/api/echo/purchases", "application/json", "Transfer-Encoding: chunked"))
          .send(chunk("{"));
      await().atMost(SOON).until(() -> !http.takes(chunk(" ")));
      isTooSlow(http.answer());
    }
  }

  @Test
  void bodyThatStopsIsGivenUp() {
    try (var http = new RawHttp(port)) {
      http.send(post("/api/echo/purchases", "application/json", "Content-Length: 100")).send("{");
      isTooSlow(http.answer());
    }
  }

  @Test
  void formThatDripsIsGivenUp() {
    try (var http = new RawHttp(port)) {
      http.send(post("/api/form", "application/x-www-form-urlencoded", "Content-Length: 1000"));
      await().atMost(SOON).until(() -> !http.takes("a"));
      isTooSlow(http.answer());
    }
  }

  @Test
  void headersThatDripAreGivenUp() {
    for (int server : new int[] {port, managementPort}) {
      try (var http = new RawHttp(server)) {
        http.send("GET /api/echo HTTP/1.1\r\nX-Slow: ");
        await().atMost(SOON).until(() -> http.isClosedAfter("a"));
      }
    }
  }

  @Test
  void bodyThatNobodyReadsHoldsNoConnection() {
    try (var http = new RawHttp(port)) {
      http.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      http.send(chunk("a"));
      await().atMost(SOON).until(() -> http.isClosedAfter(chunk("a")));
    }
  }
}
