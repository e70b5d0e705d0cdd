package dev.countersign.app.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Browser;
import dev.countersign.TestIssuer;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** A login at a provider that takes its request itself and says whose its answers are. */
@SpringBootTest(
    classes = LoginApi.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "countersign.oidc.client-id=app",
      "countersign.oidc.client-secret=hush hush",
      "countersign.guard.user-key=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
      "countersign.keys=k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
      "management.server.port=0"
    })
class LoginMannersTest {
  private static final TestIssuer ISSUER = new TestIssuer("/");
  private static final String REFERENCE = "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc";

  @LocalServerPort private int port;
  private final Browser browser = new Browser();
  private final AtomicReference<Map<String, String>> pushed = new AtomicReference<>(Map.of());
  private final AtomicReference<String> authorization = new AtomicReference<>("");
  private String app = "";

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry registry) {
    ISSUER.says("pushed_authorization_request_endpoint", ISSUER.url("/par"));
    ISSUER.says("authorization_response_iss_parameter_supported", true);
    registry.add("countersign.oidc.issuer", ISSUER::issuer);
  }

  @BeforeEach
  void take() {
    app = "http://localhost:" + port;
    answers(
        TestIssuer.json("{\"request_uri\": \"%s\", \"expires_in\": 60}".formatted(REFERENCE))
            .newBuilder()
            .code(201)
            .build());
  }

  private void answers(MockResponse answer) {
    ISSUER.answers(
        "/par",
        request -> {
          pushed.set(form(request));
          authorization.set(String.valueOf(request.getHeaders().get("Authorization")));
          return answer;
        });
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @AfterAll
  static void stop() {
    ISSUER.close();
  }

  private static Map<String, String> form(RecordedRequest request) {
    return query("?" + requireNonNull(request.getBody()).utf8());
  }

  private static Map<String, String> query(String address) {
    return UriComponentsBuilder.fromUriString(URLDecoder.decode(address, UTF_8))
        .build()
        .getQueryParams()
        .toSingleValueMap();
  }

  private String begin() {
    HttpResponse<String> answer = browser.get(app + "/oauth2/authorization/countersign");
    assertThat(answer.statusCode()).isEqualTo(302);
    return Browser.location(answer);
  }

  private String comeBack(String more) {
    Map<String, String> begun = pushed.get();
    String token =
        ISSUER.token(
            "alice",
            claims -> claims.audience("app").claim("nonce", requireNonNull(begun.get("nonce"))));
    ISSUER.answers(
        "/token",
        _ ->
            TestIssuer.json(
                JsonMapper.shared()
                    .writeValueAsString(
                        Map.of("access_token", "a", "token_type", "Bearer", "id_token", token))));
    HttpResponse<String> answer =
        browser.get(
            app + "/login/oauth2/code/countersign?code=c&state=" + begun.get("state") + more);
    return Browser.location(answer).substring(app.length());
  }

  @Test
  void theBrowserCarriesAReferenceOnly() {
    String location = begin();

    assertThat(location).startsWith(ISSUER.url("/authorize?"));
    assertThat(query(location))
        .containsOnly(Map.entry("client_id", "app"), Map.entry("request_uri", REFERENCE));
    assertThat(pushed.get())
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "app")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("redirect_uri", app + "/login/oauth2/code/countersign")
        .containsKeys("state", "nonce", "code_challenge", "scope")
        .doesNotContainKey("client_secret");
    assertThat(authorization.get())
        .isEqualTo("Basic " + Base64.getEncoder().encodeToString("app:hush+hush".getBytes(UTF_8)));
  }

  @Test
  void signsInWithTheIssuersAnswer() {
    begin();
    assertThat(comeBack("&iss=" + ISSUER.issuer())).isEqualTo("/");
    assertThat(browser.cookieNames()).contains("COUNTERSIGN_SESSION");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&iss=https://evil.example", "&iss=", "&iss=x&iss=y"})
  void takesNoAnswerThatIsntTheIssuers(String named) {
    begin();
    assertThat(comeBack(named)).isEqualTo("/?login=failed");
    assertThat(browser.cookieNames()).doesNotContain("COUNTERSIGN_SESSION");
    assertThat(comeBack("&iss=" + ISSUER.issuer())).isEqualTo("/?login=failed");
  }

  @Test
  void theBrowserCarriesItAllWhereTheProviderTurnsTheClientAway() {
    answers(
        new MockResponse.Builder().code(403).body("{\"error\":\"unauthorized_client\"}").build());
    assertThat(query(begin())).containsKeys("state", "nonce", "code_challenge");
  }

  @Test
  void isUnavailableWhileTheProviderDoesntAnswer() {
    answers(new MockResponse.Builder().code(503).build());
    assertThat(URI.create(begin()).getQuery()).isEqualTo("login=unavailable");
  }

  @Test
  void failsWhereTheAnswerNamesNoReference() {
    answers(TestIssuer.json("{}"));
    assertThat(URI.create(begin()).getQuery()).isEqualTo("login=failed");
  }
}
