package dev.countersign.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.TestIssuer;
import dev.countersign.app.edge.RawHttp.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** How often an address and a user may call; behind a proxy, which says whose address it is. */
@SpringBootTest(
    classes = TestEdge.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "countersign.oidc.client-id=app",
      "countersign.oidc.client-secret=hush",
      "countersign.edge.requests-per-address-and-minute=6",
      "countersign.edge.requests-per-user-and-minute=3",
      "countersign.edge.refusals-per-address-and-minute=2",
      "server.forward-headers-strategy=framework",
      "management.server.port=0"
    })
class EdgeLimitsTest {
  private static final TestIssuer ISSUER = new TestIssuer("/");

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

  private static Answer get(int server, String path, String address, String token) {
    return exchange(server, "GET", path, address, token);
  }

  private static Answer exchange(
      int server, String method, String path, String address, String token) {
    return RawHttp.exchange(
        server,
        "%s %s HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: %s\r\nConnection: close\r\n%s\r\n"
            .formatted(
                method,
                path,
                address,
                token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n"));
  }

  private Answer getAs(String user, String address) {
    return get(port, "/api/echo", address, ISSUER.token(user));
  }

  private double hits(String limit) {
    return meters.get("countersign.limits.hit").tag("limit", limit).counter().count();
  }

  private static void isTooOften(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(429);
    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
    assertThat(answer.head()).containsPattern("(?i)\r\nretry-after: [1-9]\\d?");
  }

  @Test
  void userIsLimitedFromWhereverTheyCall() {
    for (int request = 1; request <= 3; request++) {
      assertThat(getAs("alice", "192.0.2.1" + request).status()).isEqualTo(200);
    }
    double before = hits("requests_of_user");
    isTooOften(getAs("alice", "192.0.2.14"));
    assertThat(hits("requests_of_user")).isEqualTo(before + 1);
    assertThat(getAs("bob", "192.0.2.14").status()).isEqualTo(200);
  }

  @Test
  void addressIsLimitedWhoeverCalls() {
    for (int user = 1; user <= 6; user++) {
      assertThat(getAs("user" + user, "192.0.2.20").status()).isEqualTo(200);
    }
    double before = hits("requests_of_address");
    isTooOften(getAs("user7", "192.0.2.20"));
    isTooOften(get(port, "/nowhere", "192.0.2.20", ""));
    assertThat(hits("requests_of_address")).isEqualTo(before + 2);
    assertThat(getAs("user7", "192.0.2.21").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "GET, /operator",
    "GET, /main.js",
    "GET, /base.css",
    "GET, /favicon.svg",
    "POST, /logout/backchannel"
  })
  void whatManyMayNeedAtAnAddressDoesntCount(String method, String path) {
    String address = "192.0.2." + (100 + Math.floorMod(path.hashCode(), 100));
    double before = hits("requests_of_address");
    for (int request = 1; request <= 7; request++) {
      exchange(port, method, path, address, "");
    }
    assertThat(getAs(method + path, address).status()).isEqualTo(200);
    assertThat(hits("requests_of_address")).isEqualTo(before);
  }

  @Test
  void whatOnlyLooksLikeAPageCounts() {
    double before = hits("requests_of_address");
    for (int request = 1; request <= 7; request++) {
      exchange(port, "POST", "/main.js", "192.0.2.60", "");
    }
    assertThat(hits("requests_of_address")).isGreaterThan(before);
  }

  @Test
  void networkOfIpv6IsOneAddress() {
    for (int host = 1; host <= 6; host++) {
      assertThat(getAs("host" + host, "2001:db8:0:1::" + host).status()).isEqualTo(200);
    }
    isTooOften(getAs("host7", "2001:db8:0:1:ffff::7"));
    assertThat(getAs("host7", "2001:db8:0:2::7").status()).isEqualTo(200);
  }

  @Test
  void refusedLoginsAreLimitedAndOthersGoOn() {
    assertThat(get(port, "/api/echo", "192.0.2.30", "").status()).isEqualTo(401);
    assertThat(get(port, "/api/echo", "192.0.2.30", "garbage").status()).isEqualTo(401);
    double before = hits("refusals_of_address");
    isTooOften(get(port, "/api/echo", "192.0.2.30", "garbage"));
    assertThat(hits("refusals_of_address")).isEqualTo(before + 1);
    assertThat(getAs("carol", "192.0.2.30").status()).isEqualTo(200);
  }

  @Test
  void healthIsNotLimited() {
    for (int request = 1; request <= 20; request++) {
      assertThat(get(managementPort, "/actuator/health", "192.0.2.40", "").status()).isEqualTo(200);
    }
  }
}
