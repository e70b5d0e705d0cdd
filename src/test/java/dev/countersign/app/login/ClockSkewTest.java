package dev.countersign.app.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.countersign.Browser;
import dev.countersign.TestIssuer;
import dev.countersign.clock.RemoteClock;
import dev.countersign.clock.RemoteClocks;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logins and bearer tokens of an issuer whose clock is not this machine's. */
@SpringBootTest(
    classes = LoginApi.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "countersign.oidc.client-id=app",
      "countersign.oidc.client-secret=hush",
      "countersign.guard.user-key=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
      "countersign.keys=k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
      "management.server.port=0"
    })
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD) // clocks remember
class ClockSkewTest {
  private static final TestIssuer ISSUER = new TestIssuer("/");

  @LocalServerPort private int port;
  @LocalManagementPort private int managementPort;
  @Autowired private RemoteClocks clocks;

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry registry) {
    registry.add("countersign.oidc.issuer", ISSUER::issuer);
  }

  @AfterAll
  static void close() {
    ISSUER.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {-200, 200})
  void bearerTokensAreGoodInTheIssuersTimeAndHealthShowsIt(int ahead) {
    ISSUER.setAhead(Duration.ofSeconds(ahead));

    assertThat(statusWith(validFor(20))).isEqualTo(200);
    assertThat(statusWith(validFor(-80))).isEqualTo(401);
    JsonNode health = health();
    assertThat(health.path("status").asString()).isEqualTo("UP");
    JsonNode issuer =
        health.path("components").path("countersignClocks").path("details").path(ISSUER.issuer());
    assertThat(issuer.path("aheadSeconds").asDouble()).isBetween(ahead - 2.0, ahead + 2.0);
    assertThat(issuer.path("warning").asString())
        .contains("The clock of this machine is", "it is allowed for, but set the clock right");
  }

  @Test
  void bearerTokensAreNotJudgedWhenTheClocksDifferByMoreThanTheSetting() {
    ISSUER.setAhead(Duration.ofMinutes(10));

    assertThat(statusWith(validFor(3_600))).isEqualTo(503);
    RemoteClock clock = clocks.of(ISSUER.issuer());
    assertThat(clock.fault()).contains("countersign.clock.max-skew");
    JsonNode health = health();
    assertThat(health.path("status").asString()).isEqualTo("UP");
    assertThat(health.toString()).contains(clock.fault());
  }

  @ParameterizedTest
  @ValueSource(ints = {-200, 200})
  void usersSignInAndStaySoInTheIssuersTime(int ahead) {
    ISSUER.setAhead(Duration.ofSeconds(ahead));
    String app = "http://localhost:" + port;
    try (Browser browser = new Browser()) {
      String asked = Browser.location(browser.get(app + "/oauth2/authorization/countersign"));
      Map<String, String> begun =
          UriComponentsBuilder.fromUriString(URLDecoder.decode(asked, StandardCharsets.UTF_8))
              .build()
              .getQueryParams()
              .toSingleValueMap();
      String idToken =
          ISSUER.token(
              "alice", claims -> claims.audience("app").claim("nonce", begun.get("nonce")));
      ISSUER.answers(
          "/token",
          _ ->
              TestIssuer.json(
                  "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"id_token\":\""
                      + idToken
                      + "\"}"));
      HttpResponse<String> back =
          browser.get(app + "/login/oauth2/code/countersign?code=c&state=" + begun.get("state"));

      assertThat(Browser.location(back)).isEqualTo(app + "/");
      assertThat(browser.get(app + "/api/echo").statusCode()).isEqualTo(200);
    }
  }

  /** A token that was made by the issuer's clock a while ago, and ends in so many seconds. */
  private static UnaryOperator<JWTClaimsSet.Builder> validFor(int seconds) {
    return claims -> {
      Instant now = claims.build().getIssueTime().toInstant();
      return claims
          .notBeforeTime(Date.from(now))
          .expirationTime(Date.from(now.plusSeconds(seconds)));
    };
  }

  private int statusWith(UnaryOperator<JWTClaimsSet.Builder> token) {
    return get("http://localhost:" + port + "/api/echo", ISSUER.token("alice", token)).statusCode();
  }

  private JsonNode health() {
    return JsonMapper.shared()
        .readTree(get("http://127.0.0.1:" + managementPort + "/actuator/health", "").body());
  }

  private static HttpResponse<String> get(String url, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
