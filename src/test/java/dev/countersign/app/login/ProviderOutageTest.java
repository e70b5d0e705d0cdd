package dev.countersign.app.login;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.Browser;
import dev.countersign.OddKeys;
import dev.countersign.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.util.UriComponentsBuilder;

/** The provider is down when the application starts, and comes up later. */
class ProviderOutageTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  void tokenIs503WhileTheProviderIsDownAnd200Afterwards(String slash) throws Exception {
    try (TestIssuer issuer = new TestIssuer(slash)) {
      issuer.setDown(true);
      try (ConfigurableApplicationContext app = start(issuer)) {
        assertThat(issuer.requests()).isZero();
        HttpResponse<String> down = call(app, issuer.token("alice"));
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(down.headers().firstValue("Content-Type"))
            .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(down.body()).contains("identity provider can't be reached");

        issuer.setDown(false);
        assertThat(call(app, issuer.token("alice")).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void tokensCountWhateverElseTheProviderPublishesAndWheneverItChangesItsKey() throws Exception {
    try (TestIssuer issuer = new TestIssuer("")) {
      issuer.publishesBeside(OddKeys.ALL);
      try (ConfigurableApplicationContext app = start(issuer)) {
        assertThat(call(app, issuer.token("alice")).statusCode()).isEqualTo(200);
        assertThat(issuer.keyRequests()).isEqualTo(1);
        for (int i = 0; i < 3; i++) {
          assertThat(call(app, issuer.tokenOfMadeUpKey("alice", "made-up")).statusCode())
              .isEqualTo(401);
        }
        assertThat(issuer.keyRequests()).isEqualTo(2);

        issuer.changesKey("second");
        assertThat(call(app, issuer.token("alice")).statusCode()).isEqualTo(200);
        for (int i = 0; i < 5; i++) {
          assertThat(call(app, issuer.tokenOfMadeUpKey("alice", "made-up-" + i)).statusCode())
              .isEqualTo(401);
        }
        assertThat(issuer.keyRequests()).isEqualTo(3);
        assertThat(call(app, issuer.token("alice")).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void loginIsUnavailableWhileTheProviderIsDownAndPossibleAfterwards() throws Exception {
    try (TestIssuer issuer = new TestIssuer("");
        Browser browser = new Browser()) {
      issuer.setDown(true);
      try (ConfigurableApplicationContext app = start(issuer)) {
        String login = "http://localhost:" + port(app) + "/oauth2/authorization/countersign";
        assertThat(browser.get(login).headers().firstValue("Location"))
            .hasValue("/?login=unavailable");
        issuer.setDown(false);
        issuer.says("issuer", "http://localhost/another");
        endsAt(browser, login, "/?login=failed");
        issuer.says("issuer", issuer.issuer());
        issuer.says("token_endpoint", "http://id.example.com/token");
        endsAt(browser, login, "/?login=failed");
        issuer.says("token_endpoint", issuer.url("/token"));
        endsAt(browser, login, issuer.url("/authorize?"));

        issuer.answers("/jwks.json", _ -> new MockResponse.Builder().code(503).build());
        issuer.answers(
            "/token",
            _ ->
                TestIssuer.json(
                    "{\"access_token\": \"a\", \"token_type\": \"Bearer\", \"id_token\": \""
                        + issuer.token("alice")
                        + "\"}"));
        String state =
            UriComponentsBuilder.fromUriString(Browser.location(browser.visited().getLast()))
                .build()
                .getQueryParams()
                .getFirst("state");
        assertThat(
                browser
                    .get(
                        "http://localhost:"
                            + port(app)
                            + "/login/oauth2/code/countersign?code=c&state="
                            + state)
                    .headers()
                    .firstValue("Location"))
            .hasValue("/?login=unavailable");
        for (int i = 0; i < 3; i++) { // also while the keys are not asked for again
          assertThat(call(app, issuer.token("alice")).statusCode()).isEqualTo(503);
        }
      }
    }
  }

  /** Not at once: a failure is remembered for some seconds. */
  private static void endsAt(Browser browser, String login, String start) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Browser.location(browser.get(login)).contains(start));
  }

  private static ConfigurableApplicationContext start(TestIssuer issuer) {
    return new SpringApplicationBuilder(LoginApi.class)
        .web(WebApplicationType.SERVLET)
        .run(
            "--server.port=0",
            "--management.server.port=0",
            "--countersign.oidc.issuer=" + issuer.issuer(),
            "--countersign.ciba.profile=auth0",
            "--countersign.oidc.client-id=app",
            "--countersign.oidc.client-secret=hush",
            "--countersign.guard.user-key=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
            "--countersign.keys=k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  }

  private static int port(ConfigurableApplicationContext app) {
    return requireNonNull(((WebServerApplicationContext) app).getWebServer()).getPort();
  }

  private static HttpResponse<String> call(ConfigurableApplicationContext app, String token)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port(app) + "/api/echo"))
            .header("Authorization", "Bearer " + token)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }
}
