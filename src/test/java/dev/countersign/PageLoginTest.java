package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.TenantSettings;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signing in at the development tenant, and what can be done then. */
@SpringBootTest(
    classes = LoginApi.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "countersign.ciba.profile=auth0",
      "countersign.keys=k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
      "countersign.page.embedded[0].service=tenant",
      "countersign.page.embedded[0].url=http://localhost:9000/",
      "countersign.page.embedded[1].service=model",
      "management.server.port=0"
    })
class PageLoginTest {
  private static final IdentityTenant TENANT = IdentityTenant.start(TenantSettings.on(0, null));

  @LocalServerPort private int port;
  private final Browser browser = new Browser();
  private final JsonMapper json = new JsonMapper();
  private String app = "";

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry registry) {
    registry.add("countersign.oidc.issuer", TENANT::issuer);
    registry.add("countersign.oidc.client-id", TENANT::clientId);
    registry.add("countersign.oidc.client-secret", TENANT::clientSecret);
  }

  @BeforeEach
  void address() {
    app = "http://localhost:" + port;
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @AfterAll
  static void stop() {
    TENANT.close();
  }

  private JsonNode body(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json.readTree(answer.body());
  }

  @Test
  void sessionTellsWhoSignedIn() {
    HttpResponse<String> page = browser.signIn(app, "alice");
    assertThat(page.uri()).hasToString(app + "/");

    JsonNode session = body(browser.get(app + "/api/session"), 200);
    assertThat(session.path("name").asString()).isEqualTo("Alice");
    assertThat(Instant.parse(session.path("expiresAt").asString()))
        .isBetween(
            Instant.now().plus(Duration.ofMinutes(479)),
            Instant.now().plus(Duration.ofMinutes(481)));
    assertThat(session.path("embedded").toString())
        .isEqualTo(
            """
            [{"service":"tenant","url":"http://localhost:9000/"},{"service":"model","url":null}]\
            """);
  }

  @Test
  void callerIsWhoSignedIn() {
    browser.signIn(app, "bob");
    assertThat(body(browser.get(app + "/api/echo"), 200).path("sub").asString())
        .isEqualTo("auth0|bob");
  }

  @Test
  void postNeedsTheCsrfHeader() {
    browser.signIn(app, "alice");
    browser.get(app + "/api/session");
    String body = "{\"product\": \"phone\", \"qty\": 1}";
    assertThat(browser.postAsScript(app + "/api/echo/purchases", body).statusCode()).isEqualTo(200);
    browser.change("COUNTERSIGN_CSRF", null);
    JsonNode problem = body(browser.postAsScript(app + "/api/echo/purchases", body), 403);
    assertThat(problem.path("detail").asString())
        .isEqualTo(
            "The header X-CSRF-TOKEN must have the value of the cookie COUNTERSIGN_CSRF: load the"
                + " page again.");
  }

  @Test
  void signingOutEndsTheSession() {
    browser.signIn(app, "alice");
    browser.get(app + "/api/session");
    JsonNode answer = body(browser.postAsScript(app + "/logout", ""), 200);
    assertThat(answer.path("location").asString()).startsWith(TENANT.issuer());
    assertThat(browser.cookieNames())
        .doesNotContain("COUNTERSIGN_SESSION", "COUNTERSIGN_ID_TOKEN", "JSESSIONID");
    body(browser.get(app + "/api/session"), 401);
    assertThat(body(browser.postAsScript(app + "/logout", ""), 200).path("location").asString())
        .isEqualTo("/");
  }

  @Test
  void nothingIsKeptButSealedCookies() {
    browser.signIn(app, "alice");
    browser.get(app + "/api/session");
    assertThat(browser.cookieNames())
        .containsExactlyInAnyOrder(
            "COUNTERSIGN_SESSION", "COUNTERSIGN_ID_TOKEN", "COUNTERSIGN_CSRF", "TENANT_SESSION");
    List<String> set =
        browser.visited().stream()
            .filter(answer -> answer.uri().getPort() == port)
            .flatMap(answer -> answer.headers().allValues("Set-Cookie").stream())
            .toList();
    assertThat(set)
        .allSatisfy(cookie -> assertThat(cookie).contains("SameSite=Lax").doesNotContain("Secure"))
        .filteredOn(cookie -> !cookie.startsWith("COUNTERSIGN_CSRF"))
        .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly"));
  }
}
