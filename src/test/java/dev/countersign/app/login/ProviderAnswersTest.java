package dev.countersign.app.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.countersign.Browser;
import dev.countersign.OddKeys;
import dev.countersign.TestIssuer;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a login, whatever the provider answers; the application is behind a proxy. */
@SpringBootTest(
    classes = LoginApi.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "countersign.oidc.client-id=app",
      "countersign.oidc.client-secret=hush hush",
      "countersign.ciba.login-hint={email}",
      "countersign.ciba.user-claim=email",
      "countersign.guard.user-key=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
      "countersign.keys=k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
      "server.forward-headers-strategy=framework",
      "management.server.port=0"
    })
@ExtendWith(OutputCaptureExtension.class)
class ProviderAnswersTest {
  private static final TestIssuer ISSUER = new TestIssuer("/");
  private static final String CODE = "the-one-time-code";
  private static final String ACCESS_TOKEN = "the-access-token";

  @LocalServerPort private int port;
  private final Browser browser = new Browser();
  private final BlockingQueue<RecordedRequest> tokenRequests = new LinkedBlockingQueue<>();
  private String app = "";

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry registry) {
    ISSUER.publishesBeside(OddKeys.ALL);
    ISSUER.says("userinfo_endpoint", ISSUER.url("/userinfo"));
    ISSUER.says("scopes_supported", List.of("openid", "email", "address"));
    registry.add("countersign.oidc.issuer", ISSUER::issuer);
  }

  @BeforeEach
  void address() {
    app = "http://localhost:" + port;
    userInfo("{\"sub\": \"alice\", \"email\": \"a@example.com\", \"email_verified\": true}");
  }

  @AfterEach
  void close() {
    browser.close();
    ISSUER.setDown(false);
  }

  @AfterAll
  static void stop() {
    ISSUER.close();
  }

  private static void userInfo(String body) {
    ISSUER.answers("/userinfo", _ -> TestIssuer.json(body));
  }

  private void token(MockResponse answer) {
    ISSUER.answers(
        "/token",
        request -> {
          tokenRequests.add(request);
          return answer;
        });
  }

  private void idToken(String idToken) {
    token(
        TestIssuer.json(
            JsonMapper.shared()
                .writeValueAsString(
                    Map.of(
                        "access_token",
                        ACCESS_TOKEN,
                        "token_type",
                        "Bearer",
                        "expires_in",
                        60,
                        "scope",
                        List.of("openid", "email"),
                        "id_token",
                        idToken))));
  }

  private static UnaryOperator<JWTClaimsSet.Builder> forThisLogin(String nonce) {
    return claims -> claims.audience("app").claim("nonce", nonce);
  }

  /** The parameters of the request that the browser is sent to the provider with. */
  private Map<String, String> begin() {
    HttpResponse<String> answer = browser.get(app + "/oauth2/authorization/countersign");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(Browser.location(answer)).startsWith(ISSUER.url("/authorize?"));
    return UriComponentsBuilder.fromUriString(URLDecoder.decode(Browser.location(answer), UTF_8))
        .build()
        .getQueryParams()
        .toSingleValueMap();
  }

  private HttpResponse<String> comeBack(String query) {
    return browser.get(app + "/login/oauth2/code/countersign?" + query);
  }

  private HttpResponse<String> comeBackWithCode(Map<String, String> begun) {
    return comeBack("code=" + CODE + "&state=" + begun.get("state"));
  }

  private static void endsAt(HttpResponse<String> answer, String path) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue(path);
  }

  private void nobodyIsSignedIn() {
    assertThat(browser.cookieNames()).doesNotContain("COUNTERSIGN_SESSION", "JSESSIONID");
  }

  @Test
  void asksForAnIdentityOnlyAndBindsTheAnswerToThisLogin() throws Exception {
    Map<String, String> begun = begin();
    assertThat(begun)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "app")
        .containsEntry("scope", "openid email")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("redirect_uri", app + "/login/oauth2/code/countersign")
        .containsKeys("state", "nonce", "code_challenge");

    idToken(ISSUER.token("alice", forThisLogin(Objects.requireNonNull(begun.get("nonce")))));
    endsAt(comeBackWithCode(begun), "/");

    RecordedRequest request = Objects.requireNonNull(tokenRequests.poll(5, TimeUnit.SECONDS));
    assertThat(request.getHeaders().get("Authorization"))
        .isEqualTo("Basic " + Base64.getEncoder().encodeToString("app:hush+hush".getBytes(UTF_8)));
    Map<String, String> form =
        UriComponentsBuilder.fromUriString("?" + Objects.requireNonNull(request.getBody()).utf8())
            .build()
            .getQueryParams()
            .toSingleValueMap();
    assertThat(form).containsEntry("code", CODE).doesNotContainKey("client_secret");
    assertThat(
            CodeChallenge.compute(
                    CodeChallengeMethod.S256,
                    new CodeVerifier(Objects.requireNonNull(form.get("code_verifier"))))
                .getValue())
        .isEqualTo(begun.get("code_challenge"));
  }

  @Test
  void claimsThatTheIdTokenLacksAreAskedFor() {
    Map<String, String> begun = begin();
    idToken(ISSUER.token("alice", forThisLogin(Objects.requireNonNull(begun.get("nonce")))));
    endsAt(comeBackWithCode(begun), "/");

    assertThat(JsonMapper.shared().readTree(browser.get(app + "/api/echo/claims").body()))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    "{\"email\": \"a@example.com\", \"email_verified\": true, \"sub\": \"alice\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"sub": "mallory", "email": "a@example.com"}
          {"email": "a@example.com"}
          {"error": "server_error"}
          """)
  void claimsOfSomebodyElseAreNotTaken(String userInfo) {
    userInfo(userInfo);
    Map<String, String> begun = begin();
    idToken(ISSUER.token("alice", forThisLogin(Objects.requireNonNull(begun.get("nonce")))));
    endsAt(comeBackWithCode(begun), "/");

    assertThat(browser.get(app + "/api/echo/claims").body()).isEqualTo("{\"sub\":\"alice\"}");
  }

  interface Token {
    String of(UnaryOperator<JWTClaimsSet.Builder> claims);
  }

  static Stream<Named<Token>> badIdTokens() {
    Date past = Date.from(Instant.now().minus(Duration.ofMinutes(10)));
    return Stream.of(
        Named.of(
            "another nonce", good -> ISSUER.token("alice", c -> good.apply(c).claim("nonce", "x"))),
        Named.of(
            "no nonce", good -> ISSUER.token("alice", c -> good.apply(c).claim("nonce", null))),
        Named.of(
            "another audience", good -> ISSUER.token("alice", c -> good.apply(c).audience("x"))),
        Named.of(
            "issuer without its slash",
            good ->
                ISSUER.token(
                    "alice", c -> good.apply(c).issuer(ISSUER.issuer().replaceFirst("/$", "")))),
        Named.of("expired", good -> ISSUER.token("alice", c -> good.apply(c).expirationTime(past))),
        Named.of("no subject", good -> ISSUER.token("alice", c -> good.apply(c).subject(null))),
        Named.of("forged", good -> ISSUER.forgedToken("alice", good)),
        Named.of("alg none", good -> ISSUER.unsignedToken("alice", good)),
        Named.of("another algorithm", good -> ISSUER.ps256Token("alice", good)),
        Named.of("garbage", _ -> "garbage"));
  }

  @ParameterizedTest
  @MethodSource("badIdTokens")
  void loginFailsWithAnIdTokenThatIsNotRight(Token token, CapturedOutput log) {
    Map<String, String> begun = begin();
    String idToken = token.of(forThisLogin(Objects.requireNonNull(begun.get("nonce"))));
    idToken(idToken);

    endsAt(comeBackWithCode(begun), "/?login=failed");
    nobodyIsSignedIn();
    assertThat(log).contains("A login failed: invalid_");
    assertThat(log.getAll()).doesNotContain(idToken.length() > 20 ? idToken : "the-access");
  }

  @ParameterizedTest
  @CsvSource({
    "error=access_denied, denied",
    "error=access_denied&error_description=No%0Away, denied",
    "error=invalid_scope&error_description=Not%0D%0Athis, failed",
    "error=temporarily_unavailable, unavailable",
    "error=server_error, failed",
  })
  void refusalOfTheProviderIsToldToThePage(String answer, String outcome, CapturedOutput log) {
    Map<String, String> begun = begin();
    endsAt(comeBack(answer + "&state=" + begun.get("state")), "/?login=" + outcome);
    nobodyIsSignedIn();
    assertThat(log.getAll().lines()).noneMatch(line -> line.startsWith("this"));
  }

  static Stream<Named<MockResponse>> badTokenAnswers() {
    return Stream.of(
        Named.of(
            "refused",
            new MockResponse.Builder()
                .code(400)
                .setHeader("Content-Type", "application/json")
                .body("{\"error\": \"invalid_grant\"}")
                .build()),
        Named.of(
            "an empty ID token",
            TestIssuer.json(
                "{\"access_token\": \"the-access-token\", \"token_type\": \"Bearer\","
                    + " \"id_token\": \"\"}")),
        Named.of("no JSON", new MockResponse.Builder().body("<html>").build()),
        Named.of(
            "no ID token",
            TestIssuer.json(
                "{\"access_token\": \"the-access-token\", \"token_type\": \"Bearer\"}")));
  }

  @ParameterizedTest
  @MethodSource("badTokenAnswers")
  void loginFailsWithATokenAnswerThatIsNotRight(MockResponse answer, CapturedOutput log) {
    Map<String, String> begun = begin();
    token(answer);
    endsAt(comeBackWithCode(begun), "/?login=failed");
    nobodyIsSignedIn();
    assertThat(log).contains("A login failed: ");
    assertThat(log.getAll()).doesNotContain(ACCESS_TOKEN, CODE, "hush");
  }

  static Stream<Named<MockResponse>> outages() {
    return Stream.of(
        Named.of(
            "reset",
            new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build()),
        Named.of("503", new MockResponse.Builder().code(503).body("<html>").build()));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void loginIsUnavailableWhileTheTokenEndpointIs(MockResponse outage) {
    Map<String, String> begun = begin();
    token(outage);
    endsAt(comeBackWithCode(begun), "/?login=unavailable");
    nobodyIsSignedIn();
  }

  @Test
  void answerCountsOnceAndForItsOwnLoginOnly(CapturedOutput log) {
    Map<String, String> begun = begin();
    idToken(ISSUER.token("alice", forThisLogin(Objects.requireNonNull(begun.get("nonce")))));
    try (Browser another = new Browser()) {
      endsAt(
          another.get(
              app + "/login/oauth2/code/countersign?code=" + CODE + "&state=" + begun.get("state")),
          "/?login=failed");
    }
    endsAt(comeBack("code=" + CODE + "&state=other"), "/?login=failed");
    endsAt(comeBack("code=" + CODE), "/?login=failed");
    endsAt(comeBack(""), "/?login=failed");
    assertThat(tokenRequests).isEmpty();
    endsAt(comeBackWithCode(begun), "/");
    endsAt(comeBackWithCode(begun), "/?login=failed");
    assertThat(log)
        .contains("the provider's answer belongs to no login that this browser began")
        .doesNotContain(CODE);
  }

  @Test
  void cookiesAreForTlsOnlyBehindAProxyThatHasIt() {
    List<String> cookies =
        browser
            .get(
                app + "/oauth2/authorization/countersign",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "chat.example.com")
            .headers()
            .allValues("Set-Cookie");
    assertThat(cookies).isNotEmpty().allSatisfy(cookie -> assertThat(cookie).contains("Secure"));
    HttpResponse<String> last = browser.visited().getLast();
    assertThat(last.headers().firstValue("Location"))
        .hasValueSatisfying(location ->
            assertThat(location).contains("redirect_uri=https://chat.example.com/login/oauth2"));
    assertThat(last.headers().firstValue("Strict-Transport-Security")).isPresent();
  }

  @Test
  void byTlsOnlyCookiesOfThisVeryHostCount() {
    List<String> cookies =
        browser
            .get(app + "/api/session", "X-Forwarded-Proto", "https")
            .headers()
            .allValues("Set-Cookie");
    assertThat(cookies)
        .singleElement(as(InstanceOfAssertFactories.STRING))
        .startsWith("__Host-COUNTERSIGN_CSRF=")
        .contains("Path=/", "Secure")
        .doesNotContain("Domain");

    assertThat(signOutByTls("__Host-COUNTERSIGN_CSRF=t").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = signOutByTls("COUNTERSIGN_CSRF=t");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("the cookie __Host-COUNTERSIGN_CSRF");
  }

  private HttpResponse<String> signOutByTls(String cookie) {
    return browser.call(
        "POST",
        app + "/logout",
        "X-Forwarded-Proto",
        "https",
        "Cookie",
        cookie,
        "X-CSRF-TOKEN",
        "t");
  }

  @Test
  void signsOutHereOnlyAtAProviderThatHasNoEndOfSession() {
    Map<String, String> begun = begin();
    idToken(ISSUER.token("alice", forThisLogin(Objects.requireNonNull(begun.get("nonce")))));
    comeBackWithCode(begun);
    browser.get(app + "/api/session");
    assertThat(browser.postAsScript(app + "/logout", "").body()).isEqualTo("{\"location\":\"/\"}");
    nobodyIsSignedIn();
  }
}
