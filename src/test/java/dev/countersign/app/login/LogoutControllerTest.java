package dev.countersign.app.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.app.signout.SharedSignOuts;
import dev.countersign.app.signout.SignOut;
import dev.countersign.app.signout.SignOuts;
import dev.countersign.clock.RemoteClock;
import dev.countersign.guard.UserDigest;
import dev.countersign.vault.Vault;
import jakarta.servlet.http.Cookie;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** Where signing out leads to. */
class LogoutControllerTest {
  private static final RemoteClock CLOCK =
      new RemoteClock("the provider", Clock.systemUTC(), Duration.ofMinutes(5));

  private static final SealedJson SEALED =
      new SealedJson(
          Vault.withKeys("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="), JsonMapper.shared());

  private static final UserDigest USERS = ToolFixtures.USERS;

  @StartStop private final MockWebServer provider = new MockWebServer();
  private final SessionCookie sessions =
      new SessionCookie(SEALED, Clock.systemUTC(), Duration.ofHours(1), _ -> false);
  private final IdTokenCookie idTokens = new IdTokenCookie(SEALED);
  private final MockHttpServletResponse login = new MockHttpServletResponse();
  private final MockHttpServletResponse logout = new MockHttpServletResponse();

  private final List<String> signedOut = new ArrayList<>();
  private final SharedSignOuts shared = new SharedSignOuts();

  @Test
  void tellsWhoHasSignedOut() {
    offers("");
    signOut();
    assertThat(signedOut).containsExactly("alice");
  }

  @Test
  void leadsToTheProviderWithTheIdTokenAndBack() {
    offers("\"end_session_endpoint\": \"https://id.example.com/out?a=b\",");
    idTokens.write(new MockHttpServletRequest(), login, "eyJ.b.c", Duration.ofHours(8));

    assertThat(signOut())
        .isEqualTo(
            "https://id.example.com/out?a=b&id_token_hint=eyJ.b.c&client_id=my%26app"
                + "&post_logout_redirect_uri=https%3A%2F%2Fchat.example.com%2F");
    assertThat(Arrays.stream(logout.getCookies()).map(Cookie::getMaxAge)).containsExactly(0, 0);
  }

  @Test
  void leadsToTheProviderWithoutAnIdTokenThatIsTooLargeForACookie() {
    offers("\"end_session_endpoint\": \"https://id.example.com/out\",");
    idTokens.write(new MockHttpServletRequest(), login, "x".repeat(2600), Duration.ofHours(8));

    assertThat(signOut())
        .startsWith("https://id.example.com/out?client_id=my%26app&post_logout_redirect_uri=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''
          "end_session_endpoint": "javascript:alert(1)",
          """)
  void leadsToThePageWhereTheProviderHasNoEndOfSession(String offer) {
    offers(offer);
    assertThat(signOut()).isEqualTo("/");
  }

  @Test
  void leadsToThePageWhileTheProviderIsDown() {
    provider.enqueue(new MockResponse.Builder().code(503).build());
    assertThat(signOut()).isEqualTo("/");
    assertThat(logout.getCookies()).hasSize(2);
  }

  @Test
  void leadsToThePageWithoutASessionAndAsksNobody() {
    assertThat(controller().logout(new MockHttpServletRequest(), logout, null).location())
        .isEqualTo("/");
    assertThat(provider.getRequestCount()).isZero();
  }

  @Test
  void leavesAnotherUserSignedInThanThePagesOwn() {
    offers("");
    MockHttpServletRequest request = signedIn();
    request.addHeader("X-Countersign-User", USERS.of("bob"));

    assertThatThrownBy(() -> controller().logout(request, logout, null))
        .isInstanceOfSatisfying(
            AnotherUserException.class,
            e -> assertThat(e.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED));
    assertThat(logout.getCookies()).isEmpty();
    assertThat(signedOut).isEmpty();

    request.removeHeader("X-Countersign-User");
    request.addHeader("X-Countersign-User", USERS.of("alice"));
    controller().logout(request, logout, null);
    assertThat(signedOut).containsExactly("alice");
  }

  @Test
  void onlyLogoutGetsToSeeTheIdToken() {
    idTokens.write(new MockHttpServletRequest(), login, "eyJ.b.c", Duration.ofHours(8));
    assertThat(login.getHeader("Set-Cookie"))
        .contains("Path=/logout", "HttpOnly", "SameSite=Lax", "Max-Age=28800")
        .doesNotContain("eyJ.b.c");
  }

  @Test
  void endsThisSessionOrAllOfTheUsers() {
    offers("");
    signOut();
    assertThat(shared.added()).extracting(SignOut::what).containsExactly(SignOut.What.SESSION);

    offers("");
    controller().logout(signedIn(), logout, "true");
    assertThat(shared.added().getLast().what()).isEqualTo(SignOut.What.USER);
    assertThat(shared.added().getLast().digest()).isEqualTo(USERS.of("alice"));
  }

  @Test
  void signsOutWhileTemporalIsAway() {
    offers("");
    shared.setAway(true);
    assertThat(signOut()).isEqualTo("/");
    assertThat(logout.getCookies()).hasSize(2);
  }

  private static Session session() {
    long now = Instant.now().getEpochSecond();
    return new Session("s1", "alice", "Alice", null, now, now, now + 600, Map.of());
  }

  private void offers(String more) {
    String issuer = issuer();
    provider.enqueue(
        new MockResponse.Builder()
            .setHeader("Content-Type", "application/json")
            .body(
                """
                {%s "issuer": "%s", "authorization_endpoint": "%s/a", "token_endpoint": "%s/t",
                 "jwks_uri": "%s/j", "subject_types_supported": ["public"]}
                """
                    .formatted(more, issuer, issuer, issuer, issuer))
            .build());
  }

  private String issuer() {
    return "http://localhost:" + provider.getPort();
  }

  private LogoutController controller() {
    LoginClient client =
        new LoginClient(
            new LoginAuthentication.None("my&app"), false, null, HttpClient.newHttpClient(), CLOCK);
    return new LogoutController(
        sessions,
        idTokens,
        new DiscoveredClientRegistrationRepository(
            issuer(), client, new JdkClientHttpRequestFactory(client.http()), Clock.systemUTC()),
        client,
        new SessionEnds(
            new SignOuts(shared, Clock.systemUTC()), USERS, Clock.systemUTC(), Duration.ofHours(8)),
        signedOut::add,
        USERS);
  }

  /** Signs out with what the browser has kept of the login. */
  private String signOut() {
    return controller().logout(signedIn(), logout, null).location();
  }

  private MockHttpServletRequest signedIn() {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/logout");
    request.setScheme("https");
    request.setServerName("chat.example.com");
    request.setServerPort(443);
    request.setSecure(true);
    sessions.write(request, login, session());
    request.setCookies(
        Stream.of(login.getCookies())
            .filter(cookie -> cookie.getMaxAge() > 0)
            .toArray(Cookie[]::new));
    return request;
  }
}
