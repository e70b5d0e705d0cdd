package dev.countersign.app.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.countersign.TestIssuer;
import dev.countersign.app.api.IssuerKeys;
import dev.countersign.app.api.IssuerRequests;
import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.app.signout.SharedSignOuts;
import dev.countersign.app.signout.SignOut;
import dev.countersign.app.signout.SignOut.What;
import dev.countersign.app.signout.SignOuts;
import dev.countersign.audit.AuditLog;
import dev.countersign.clock.RemoteClock;
import dev.countersign.guard.UserDigest;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.mock.web.MockHttpServletRequest;

/** The provider ends sessions (OpenID Connect Back-Channel Logout 1.0). */
class LogoutTokensTest {
  private static final String TYPE = "logout+jwt";
  private static final Map<String, Object> LOGOUT =
      Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of());
  private static final UserDigest USERS = ToolFixtures.USERS;
  private static final TestIssuer ISSUER = new TestIssuer("/");
  private static final TestIssuer OTHER = new TestIssuer("/");

  private final SharedSignOuts shared = new SharedSignOuts();
  private final List<String> told = new ArrayList<>();
  private Optional<Duration> limit = Optional.empty();
  private final BackchannelLogoutController controller = controller();

  @AfterAll
  static void close() {
    ISSUER.close();
    OTHER.close();
  }

  private BackchannelLogoutController controller() {
    RemoteClock clock = new RemoteClock("the provider", Clock.systemUTC(), Duration.ofMinutes(5));
    LoginClient client =
        new LoginClient(
            new LoginAuthentication.None("app"), false, null, HttpClient.newHttpClient(), clock);
    ClientHttpRequestFactory http = IssuerRequests.by(client.http(), clock);
    return new BackchannelLogoutController(
        new LogoutTokens(
            new DiscoveredClientRegistrationRepository(
                ISSUER.issuer(), client, http, Clock.systemUTC()),
            new IdTokenDecoderFactory(null, http, clock),
            new IssuerKeys(ISSUER.issuer(), http),
            client,
            ISSUER.issuer()),
        new SessionEnds(
            new SignOuts(shared, Clock.systemUTC()), USERS, Clock.systemUTC(), Duration.ofHours(8)),
        told::add,
        _ -> limit);
  }

  private int send(String token) {
    return controller.logout(new MockHttpServletRequest(), token).getStatusCode().value();
  }

  private static UnaryOperator<JWTClaimsSet.Builder> logout(
      UnaryOperator<JWTClaimsSet.Builder> change) {
    return claims ->
        change.apply(
            claims
                .audience("app")
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(Instant.now().plusSeconds(120)))
                .claim("events", LOGOUT));
  }

  private static String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return ISSUER.typedToken(TYPE, "alice", logout(change));
  }

  @Test
  void theUsersSessionsEndTooOfWhichTheProvidersIsNotKnown() {
    assertThat(send(token(claims -> claims.claim("sid", "s-1")))).isEqualTo(200);

    assertThat(shared.added())
        .extracting(SignOut::what, SignOut::digest, SignOut::user)
        .containsExactly(
            tuple(What.PROVIDER_SESSION, SessionEnds.providerSession("s-1"), USERS.of("alice")),
            tuple(What.UNNAMED, USERS.of("alice"), null));
  }

  @Test
  void nobodyBuriesOthersInTheAuditLog() {
    try (AuditLog audit = new AuditLog()) {
      assertThat(send("a.b.c")).isEqualTo(400);
      limit = Optional.of(Duration.ofSeconds(1));
      assertThat(send("a.b.c")).isEqualTo(400);

      assertThat(audit.entries())
          .extracting(AuditLog.Entry::summary)
          .containsExactly("token_refused logout_token");
    }
  }

  @Test
  void aUsersSessionsEnd() {
    assertThat(send(token(claims -> claims))).isEqualTo(200);

    SignOut signOut = shared.added().getFirst();
    assertThat(signOut.what()).isEqualTo(What.USER);
    assertThat(signOut.digest()).isEqualTo(USERS.of("alice"));
    assertThat(told).containsExactly("alice");
  }

  @Test
  void oneSessionEnds() {
    assertThat(send(token(claims -> claims.claim("sid", "s-1").subject(null)))).isEqualTo(200);

    SignOut signOut = shared.added().getFirst();
    assertThat(signOut.what()).isEqualTo(What.PROVIDER_SESSION);
    assertThat(signOut.digest()).isEqualTo(SessionEnds.providerSession("s-1"));
    assertThat(told).isEmpty();
  }

  /** Keycloak before 23.0.5 has no {@code exp}, others no {@code typ} of its own. */
  @Test
  void whatOlderProvidersSendIsTakenToo() {
    assertThat(send(ISSUER.token("alice", logout(claims -> claims.expirationTime(null)))))
        .isEqualTo(200);
    assertThat(send(ISSUER.typedToken("JWT", "alice", logout(claims -> claims)))).isEqualTo(200);
  }

  static Stream<Named<String>> others() {
    Date longAgo = Date.from(Instant.now().minus(Duration.ofMinutes(11)));
    Date soon = Date.from(Instant.now().plus(Duration.ofMinutes(2)));
    return Stream.of(
        Named.of("garbage", "a.b.c"),
        Named.of("too long", "x".repeat(20_000)),
        Named.of("unsigned", ISSUER.unsignedToken("alice", logout(claims -> claims))),
        Named.of("forged", ISSUER.forgedToken("alice", logout(claims -> claims))),
        Named.of("another issuer's", OTHER.token("alice", logout(claims -> claims))),
        Named.of("an access token", ISSUER.typedToken("at+jwt", "alice", logout(claims -> claims))),
        bad("an ID token", claims -> claims.claim("events", null).claim("nonce", "n")),
        bad("with nonce", claims -> claims.claim("nonce", "n")),
        bad("for another client", claims -> claims.audience("other")),
        bad("by another issuer", claims -> claims.issuer("https://evil.example")),
        bad("without events", claims -> claims.claim("events", null)),
        bad("with another event", claims -> claims.claim("events", Map.of("x", Map.of()))),
        bad(
            "whose event is no object",
            claims -> claims.claim("events", Map.of(LOGOUT.keySet().iterator().next(), true))),
        bad("without jti", claims -> claims.jwtID(null)),
        bad("without iat", claims -> claims.issueTime(null)),
        bad("of long ago", claims -> claims.issueTime(longAgo)),
        bad("of the future", claims -> claims.issueTime(soon)),
        bad("expired", claims -> claims.expirationTime(longAgo)),
        bad("of nobody", claims -> claims.subject(null)),
        bad("of an odd session", claims -> claims.claim("sid", List.of("a"))));
  }

  private static Named<String> bad(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
    return Named.of(name, token(change));
  }

  @ParameterizedTest
  @MethodSource("others")
  void noOtherTokenEndsAnything(String token) {
    assertThat(send(token)).isEqualTo(400);
    assertThat(shared.added()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void aTokenIsTakenOnce() {
    String token = token(claims -> claims);
    assertThat(send(token)).isEqualTo(200);
    assertThat(send(token)).isEqualTo(400);
    assertThat(shared.added()).hasSize(1);
  }

  @Test
  void aTokenMaySentAgainThatCouldNotBeTold() {
    String token = token(claims -> claims);
    shared.setAway(true);
    assertThat(send(token)).isEqualTo(503);
    shared.setAway(false);
    assertThat(send(token)).isEqualTo(200);
  }

  @Test
  void nobodyFloodsTheProviderWithNamesOfKeys() {
    send(token(claims -> claims));
    int before = ISSUER.keyRequests();
    for (int number = 0; number < 20; number++) {
      assertThat(send(ISSUER.tokenOfMadeUpKey("alice", "made-up-" + number))).isEqualTo(400);
    }
    assertThat(ISSUER.keyRequests() - before).isLessThanOrEqualTo(2);
  }
}
