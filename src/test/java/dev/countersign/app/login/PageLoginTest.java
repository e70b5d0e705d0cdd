package dev.countersign.app.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Browser;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.TenantSettings;
import dev.countersign.guard.UserDigest;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signing in at the development tenant, and what can be done then. */
@SpringBootTest(
    classes = LoginApi.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "countersign.ciba.profile=auth0",
      "countersign.guard.user-key=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
      "countersign.keys=k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
      "countersign.page.embedded[0].service=tenant",
      "countersign.page.embedded[0].url=http://localhost:9000/",
      "countersign.page.embedded[1].service=model",
      "management.server.port=0"
    })
class PageLoginTest {
  private static final IdentityTenant TENANT = IdentityTenant.start(TenantSettings.on(0, null));

  @LocalServerPort private int port;
  @Autowired private AtomicBoolean temporalIsReachable;
  @Autowired private UserDigest users;
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
    assertThat(session.path("signedIn").asBoolean()).isTrue();
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
  void pageIsThereForWhoIsNotSignedIn() {
    HttpResponse<String> page = browser.get(app + "/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<title>Countersign</title>");
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    JsonNode session = body(browser.get(app + "/api/session"), 200);
    assertThat(session.path("signedIn").asBoolean(true)).isFalse();
    assertThat(session.path("name").isNull()).isTrue();
  }

  @Test
  void sessionIsToldWhileTemporalIsAway() {
    browser.signIn(app, "alice");
    temporalIsReachable.set(false);
    try {
      body(browser.get(app + "/api/session"), 200);
      body(browser.get(app + "/api/echo"), 503);
    } finally {
      temporalIsReachable.set(true);
    }
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

  @ParameterizedTest
  @ValueSource(strings = {"/logout", "/api/echo/purchases"})
  void parameterIsNoProofThatThePageAsks(String path) {
    browser.signIn(app, "alice");
    browser.get(app + "/api/session");
    String token = browser.value("COUNTERSIGN_CSRF");
    body(browser.call("POST", app + path + "?_csrf=" + token, "Accept", "*/*"), 403);
    assertThat(browser.cookieNames()).contains("COUNTERSIGN_SESSION");
  }

  @Test
  void userIsToldApartByMoreThanAName() {
    browser.signIn(app, "alice");
    String alice = body(browser.get(app + "/api/session"), 200).path("user").asString();
    assertThat(alice).isEqualTo(users.of("auth0|alice"));
    try (Browser another = new Browser()) {
      another.signIn(app, "alice");
      assertThat(body(another.get(app + "/api/session"), 200).path("user").asString())
          .isEqualTo(alice);
    }
    try (Browser another = new Browser()) {
      another.signIn(app, "bob");
      assertThat(body(another.get(app + "/api/session"), 200).path("user").asString())
          .isNotEqualTo(alice);
    }
  }

  @Test
  void whatAPageOfOneUserSendsIsNotDoneInTheNameOfAnother() {
    browser.signIn(app, "bob"); // in another tab, while this one still shows what is Alice's
    String header = "X-Countersign-User";
    body(browser.get(app + "/api/echo", header, users.of("auth0|alice")), 401);
    assertThat(browser.cookieNames()).contains("COUNTERSIGN_SESSION");
    body(browser.get(app + "/api/echo", header, users.of("auth0|bob")), 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "text/html", "application/json", "image/png", "garbage", "; ,"})
  void pageIsThereWhateverTheBrowserSaysThatItTakes(String accept) {
    for (String path : List.of("/", "/index.html", "/?login=failed", "/operator")) {
      HttpResponse<String> page = browser.get(app + path, "Accept", accept);
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(page.body()).contains("Countersign</title>");
      assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html");
      assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-cache, private");
      HttpResponse<String> head = browser.call("HEAD", app + path, "Accept", accept);
      assertThat(head.statusCode()).as(path).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().allValues("Content-Length"))
          .isEqualTo(page.headers().allValues("Content-Length"));
      assertThat(head.headers().allValues("Cache-Control")).containsExactly("no-cache, private");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, 405",
    "PUT, 405",
    "PATCH, 405",
    "DELETE, 405",
    "PROPFIND, 400",
  })
  void pageIsOnlyRead(String method, int status) {
    browser.get(app + "/api/session");
    String token = browser.value("COUNTERSIGN_CSRF");
    for (String path : List.of("/", "/index.html", "/operator", "/operator.html")) {
      HttpResponse<String> refused =
          browser.call(method, app + path, "Accept", "text/html", "X-CSRF-TOKEN", token);
      assertThat(refused.statusCode()).as(path).isEqualTo(status);
      assertThat(refused.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }
  }

  @Test
  void pagesAreTheSameForEverybody() {
    List<String> paths = List.of("/", "/operator");
    List<String> anonymous = paths.stream().map(path -> browser.get(app + path).body()).toList();
    browser.signIn(app, "olivia");

    assertThat(paths.stream().map(path -> browser.get(app + path).body()))
        .containsExactlyElementsOf(anonymous);
  }

  @Test
  void signingOutEndsTheSession() {
    browser.signIn(app, "alice");
    browser.get(app + "/api/session");
    String idToken = browser.value("COUNTERSIGN_ID_TOKEN");
    for (String neither : List.of("", "yes", "TRUE")) {
      body(browser.postAsScript(app + "/logout?everywhere=" + neither, ""), 400);
    }
    JsonNode answer = body(browser.postAsScript(app + "/logout", ""), 200);
    String location = answer.path("location").asString();
    assertThat(location).startsWith(TENANT.issuer()).doesNotContain(idToken);
    assertThat(UriComponentsBuilder.fromUriString(location).build().getQueryParams())
        .containsEntry("client_id", List.of(TENANT.clientId()))
        .containsEntry("post_logout_redirect_uri", List.of(URLEncoder.encode(app + "/", UTF_8)))
        .hasEntrySatisfying(
            "id_token_hint", token -> assertThat(token).first().asString().startsWith("eyJ"));
    assertThat(browser.cookieNames())
        .doesNotContain("COUNTERSIGN_SESSION", "COUNTERSIGN_ID_TOKEN", "JSESSIONID");
    assertThat(body(browser.get(app + "/api/session"), 200).path("signedIn").asBoolean()).isFalse();
    body(browser.get(app + "/api/echo"), 401);
    assertThat(body(browser.postAsScript(app + "/logout", ""), 200).path("location").asString())
        .isEqualTo("/");
  }

  @Test
  void tabsMaySignInAtTheSameTime() {
    browser.signIn(app, "alice"); // at the provider, so that it answers at once
    String first = Browser.location(browser.get(app + "/oauth2/authorization/countersign"));
    String second = Browser.location(browser.get(app + "/oauth2/authorization/countersign"));
    assertThat(browser.cookieNames().stream().filter(name -> name.startsWith("COUNTERSIGN_LOGIN_")))
        .hasSize(2);
    assertThat(browser.follow(second).uri()).hasToString(app + "/");
    assertThat(browser.follow(first).uri()).hasToString(app + "/");
    assertThat(browser.cookieNames()).noneMatch(name -> name.startsWith("COUNTERSIGN_LOGIN_"));
  }

  @Test
  void bearerTokenWinsOverTheSession() {
    browser.signIn(app, "alice");
    String bob = "Bearer " + TENANT.apiToken("bob");
    assertThat(
            body(browser.get(app + "/api/echo", "Authorization", bob), 200).path("sub").asString())
        .isEqualTo("auth0|bob");
    body(browser.get(app + "/api/echo", "Authorization", "Bearer garbage"), 401);
    body(browser.get(app + "/api/session", "Authorization", bob), 403);
    assertThat(browser.cookieNames()).contains("COUNTERSIGN_SESSION");
  }

  @Test
  void answerMayComeAfterItsThreadHasGone() {
    browser.signIn(app, "alice");
    HttpResponse<String> answer = browser.get(app + "/api/later");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("auth0|alice");
  }

  @Test
  void changedCookieIsNoSessionAndIsForgotten() {
    browser.signIn(app, "alice");
    String value = browser.value("COUNTERSIGN_SESSION");
    char last = value.charAt(value.length() - 5);
    browser.change(
        "COUNTERSIGN_SESSION",
        value.substring(0, value.length() - 5)
            + (last == 'A' ? 'B' : 'A')
            + value.substring(value.length() - 4));
    HttpResponse<String> refused = browser.get(app + "/api/echo");
    assertThat(body(refused, 401).path("detail").asString())
        .isEqualTo(
            "Sign in at the page of this application, or send a bearer token for the audience"
                + " countersign.");
    assertThat(browser.cookieNames()).doesNotContain("COUNTERSIGN_SESSION");
  }

  @Test
  void idTokenIsNoSession() {
    browser.signIn(app, "alice");
    browser.change("COUNTERSIGN_SESSION", browser.value("COUNTERSIGN_ID_TOKEN"));
    body(browser.get(app + "/api/echo"), 401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/",
        "/api/echo",
      })
  void loginEndsAtThePageWhereverItIsToldTo(String elsewhere) {
    browser.get(app + "/api/echo"); // refused, and not come back to
    HttpResponse<String> page = browser.signIn(app, "alice");
    assertThat(page.uri()).hasToString(app + "/");
    HttpResponse<String> again =
        browser.follow(app + "/oauth2/authorization/countersign?redirect_uri=" + elsewhere);
    assertThat(again.uri()).hasToString(app + "/");
  }

  @Test
  void forwardedHeadersAreNotBelievedUnlessToldTo() {
    HttpResponse<String> answer =
        browser.get(
            app + "/oauth2/authorization/countersign",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "evil.example");
    assertThat(Browser.location(answer)).doesNotContain("evil");
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
  }

  @Test
  void pageIsStrictAndAskedForAgain() {
    HttpResponse<String> script = browser.get(app + "/main.js");
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.headers().map())
        .containsEntry(
            "Content-Security-Policy",
            List.of(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'"))
        .containsEntry("X-Content-Type-Options", List.of("nosniff"))
        .containsEntry("Referrer-Policy", List.of("no-referrer"))
        .containsEntry("Cross-Origin-Opener-Policy", List.of("same-origin"))
        .containsEntry("Cache-Control", List.of("no-cache, private"));
    String tag = script.headers().firstValue("ETag").orElseThrow();
    assertThat(browser.get(app + "/main.js", "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(browser.get(app + "/elsewhere.js").statusCode()).isEqualTo(404);
    assertThat(browser.get(app + "/oauth2/authorization/other").headers().firstValue("Location"))
        .hasValue("/?login=failed");
    assertThat(browser.get(app + "/logout").statusCode()).isEqualTo(405);
  }

  /** The length of a compressed answer could tell of a secret in it, such as a token. */
  @Test
  void scriptsAndStylesAreCompressedAndNothingElseIs() {
    browser.signIn(app, "alice");
    for (String path : List.of("/call-card.js", "/frame.css")) {
      HttpHeaders sent = browser.get(app + path, "Accept-Encoding", "gzip").headers();
      assertThat(sent.allValues("Content-Encoding")).as(path).containsExactly("gzip");
      assertThat(sent.allValues("Vary")).as(path).contains("accept-encoding");
      String tag = sent.firstValue("ETag").orElseThrow();
      assertThat(browser.get(app + path).headers().firstValue("ETag")).hasValue(tag);
    }
    for (String path : List.of("/", "/api/session", "/api/echo")) {
      HttpResponse<String> answer = browser.get(app + path, "Accept-Encoding", "gzip");
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.headers().allValues("Content-Encoding")).as(path).isEmpty();
    }
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
