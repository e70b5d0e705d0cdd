package dev.countersign.app.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.devservices.loopback.MutableClock;
import dev.countersign.vault.Vault;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockCookie;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class SessionCookieTest {
  private static final String OLD_KEY = "old:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final String NEW_KEY = "k 2;:BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private final MutableClock clock = new MutableClock();
  private final Set<Session> ended = new HashSet<>();

  private SessionCookie cookies(String keys) {
    return new SessionCookie(
        new SealedJson(Vault.withKeys(keys), JsonMapper.shared()),
        clock,
        Duration.ofHours(9),
        ended::contains);
  }

  private Session session(Map<String, Object> claims) {
    return session("auth0|alice", claims);
  }

  private Session session(String sub, Map<String, Object> claims) {
    long now = clock.instant().getEpochSecond();
    long until = clock.instant().plus(Duration.ofHours(8)).getEpochSecond();
    return new Session("s1", sub, "Alice", "p1", now, now, until, claims);
  }

  private static MockCookie written(SessionCookie cookies, Session session) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    cookies.write(new MockHttpServletRequest(), response, session);
    return MockCookie.parse(Objects.requireNonNull(response.getHeader("Set-Cookie")));
  }

  private static Optional<Session> read(SessionCookie cookies, String value) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setCookies(new MockCookie("COUNTERSIGN_SESSION", value));
    return cookies.read(request);
  }

  @Test
  void holdsWhatApprovalsNeed() {
    Session session = session(Map.of("email", "alice@example.com", "email_verified", true));
    MockCookie cookie = written(cookies(OLD_KEY), session);

    assertThat(read(cookies(OLD_KEY), cookie.getValue())).contains(session);
    assertThat(session.caller().claims())
        .isEqualTo(
            Map.of("sub", "auth0|alice", "email", "alice@example.com", "email_verified", true));
    assertThat(cookie.getValue()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    assertThat(cookie.getMaxAge()).isEqualTo(8 * 60 * 60);
    assertThat(session.toString()).doesNotContain("example.com");
  }

  @Test
  void outlivesANewKeyUntilItsOwnIsDropped() {
    Session session = session(Map.of());
    String value = written(cookies(OLD_KEY), session).getValue();

    assertThat(read(cookies(NEW_KEY + "," + OLD_KEY), value)).contains(session);
    assertThat(read(cookies(NEW_KEY), value)).isEmpty();
    assertThat(read(cookies(NEW_KEY), written(cookies(NEW_KEY), session).getValue()))
        .contains(session);
  }

  @Test
  void isOverWhenItsTimeHasCome() {
    String value = written(cookies(OLD_KEY), session(Map.of())).getValue();
    clock.advance(Duration.ofHours(8).minusSeconds(1));
    assertThat(read(cookies(OLD_KEY), value)).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(read(cookies(OLD_KEY), value)).isEmpty();
  }

  @Test
  void isOverWhenItsUserHasDoneNothingForTooLong() {
    SessionCookie cookies =
        new SessionCookie(
            new SealedJson(Vault.withKeys(OLD_KEY), JsonMapper.shared()),
            clock,
            Duration.ofMinutes(30),
            _ -> false);
    MockCookie first = written(cookies, session(Map.of()));
    assertThat(first.getMaxAge()).isEqualTo(30 * 60);
    clock.advance(Duration.ofMinutes(29));
    Session session = read(cookies, first.getValue()).orElseThrow();

    MockHttpServletResponse response = new MockHttpServletResponse();
    cookies.renew(new MockHttpServletRequest(), response, session);
    MockCookie renewed = MockCookie.parse(Objects.requireNonNull(response.getHeader("Set-Cookie")));
    clock.advance(Duration.ofMinutes(1));
    assertThat(read(cookies, first.getValue())).isEmpty();
    assertThat(read(cookies, renewed.getValue())).isPresent();
    clock.advance(Duration.ofMinutes(29));
    assertThat(read(cookies, renewed.getValue())).isEmpty();
  }

  @Test
  void isNotWrittenAgainForEachRequest() {
    Session session = session(Map.of());
    MockHttpServletResponse response = new MockHttpServletResponse();
    clock.advance(Duration.ofSeconds(59));
    cookies(OLD_KEY).renew(new MockHttpServletRequest(), response, session);
    assertThat(response.getHeader("Set-Cookie")).isNull();
    clock.advance(Duration.ofSeconds(1));
    cookies(OLD_KEY).renew(new MockHttpServletRequest(), response, session);
    assertThat(response.getHeader("Set-Cookie")).isNotNull();
  }

  @Test
  void isNoneWhenItWasEnded() {
    Session session = session(Map.of());
    String value = written(cookies(OLD_KEY), session).getValue();
    ended.add(session);
    assertThat(read(cookies(OLD_KEY), value)).isEmpty();
  }

  @Test
  void isNoneWhenItIsOfAFormWithoutAnId() {
    SealedJson sealed = new SealedJson(Vault.withKeys(OLD_KEY), JsonMapper.shared());
    Map<String, Object> old =
        Map.of("sub", "alice", "name", "Alice", "expiresAt", 9_999_999_999L, "claims", Map.of());
    assertThat(read(cookies(OLD_KEY), sealed.seal(old, "session"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "x", "b2xk", "b2xk.", "b2xk.AAAA", "=.=", "§.§", "b2xk.b2xk.b2xk"})
  void isNoneWhenItIsGarbage(String value) {
    assertThat(read(cookies(OLD_KEY), value)).isEmpty();
  }

  @Test
  void isNoneWhenItWasSealedForSomethingElse() {
    SealedJson sealed = new SealedJson(Vault.withKeys(OLD_KEY), JsonMapper.shared());
    assertThat(read(cookies(OLD_KEY), sealed.seal(session(Map.of()), "login"))).isEmpty();
    assertThat(read(cookies(OLD_KEY), sealed.seal(session(Map.of()), "session-2"))).isPresent();
  }

  @Test
  void leavesOutTheLargestClaimsUntilItFits() {
    Map<String, Object> claims =
        new HashMap<>(Map.of("email", "alice@example.com", "badge", "x".repeat(3000)));
    assertThat(read(cookies(OLD_KEY), written(cookies(OLD_KEY), session(claims)).getValue()))
        .contains(session(Map.of("email", "alice@example.com")));

    Session tooLarge = session("s".repeat(4000), Map.of());
    assertThatThrownBy(() -> written(cookies(OLD_KEY), tooLarge))
        .isInstanceOf(SessionTooLargeException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "http, localhost, false",
    "http, 127.0.0.1, false",
    "http, [::1], false",
    "https, localhost, true",
    "http, chat.example.com, true",
    "http, localhost.example.com, true",
    "https, chat.example.com, true",
  })
  void isForTlsOnlyButOnThisMachine(String scheme, String host, boolean secure) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setScheme(scheme);
    request.setSecure(scheme.equals("https"));
    request.setServerName(host);
    MockHttpServletResponse response = new MockHttpServletResponse();
    cookies(OLD_KEY).write(request, response, session(Map.of()));

    MockCookie cookie = MockCookie.parse(Objects.requireNonNull(response.getHeader("Set-Cookie")));
    assertThat(cookie.getName())
        .isEqualTo(secure ? "__Host-COUNTERSIGN_SESSION" : "COUNTERSIGN_SESSION");
    assertThat(cookie.getSecure()).isEqualTo(secure);
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo("Lax");
    assertThat(cookie.getPath()).isEqualTo("/");
  }
}
