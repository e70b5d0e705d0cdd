package dev.countersign.ciba.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.GrantCheck.Invalid;
import dev.countersign.ciba.GrantCheck.Valid;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.Tokens;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.grant.IdTokens;
import dev.countersign.ciba.key.Keys;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.clock.RemoteClock;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider whose clock, and so all that it dates, is not this machine's. */
class SkewTest {
  private static final Duration MAX_SKEW = Duration.ofMinutes(5);

  @StartStop private final MockWebServer server = new MockWebServer();
  private final Provider provider = new Provider(server);
  private final RemoteClock clock = new RemoteClock(Provider.ISSUER, Clock.systemUTC(), MAX_SKEW);
  private BackchannelClient client;

  @BeforeEach
  void makeClient() { // once the server has an address
    client = provider.client(Provider.settings(Provider.POST), clock);
  }

  static Stream<Integer> skews() {
    return Stream.concat(
        IntStream.rangeClosed(-6, 6).mapToObj(step -> 15 * step),
        Stream.of(-298, -61, -59, -3, 3, 59, 61, 298));
  }

  @ParameterizedTest
  @MethodSource("skews")
  void acceptsWhatWasGrantedInTheProvidersTime(int skew) {
    AuthReqId asked = ask(skew);

    assertThat(grantedAndChecked(skew, asked, there(skew))).isInstanceOf(Valid.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-302, -3_600, 302, 3_600})
  void refusesWhatWasGrantedWhenTheClocksDifferByMoreThanTheSetting(int skew) {
    AuthReqId asked = ask(skew);

    String sentence =
        "The ID token can't be dated. The clock of this machine is (%d|%d|%d) s %s that of %s, more"
                .formatted(
                    Math.abs(skew) - 1,
                    Math.abs(skew),
                    Math.abs(skew) + 1,
                    skew < 0 ? "ahead of" : "behind",
                    Pattern.quote(Provider.ISSUER))
            + Pattern.quote(
                " than countersign.clock.max-skew (COUNTERSIGN_CLOCK_MAXSKEW) allows, 300 s: set"
                    + " the clock right.");
    assertThat(grantedAndChecked(skew, asked, there(skew)))
        .isInstanceOfSatisfying(
            Invalid.class, invalid -> assertThat(invalid.reason()).matches(sentence));
  }

  @ParameterizedTest
  @CsvSource({
    "90, -90, has expired, -65",
    "-90, 90, has expired, -65",
    "90, 65, was issued in the future (iat), 3600",
    "-90, 65, was issued in the future (iat), 3600",
    "90, -65, was issued before the user was asked, 3600",
    "-90, -65, was issued before the user was asked, 3600"
  })
  void refusesWhatIsWrongInTheProvidersTime(int skew, int issuedIn, String fault, int expiresIn) {
    AuthReqId asked = ask(skew);
    Instant issued = there(skew).plusSeconds(fault.startsWith("has") ? 0 : issuedIn);

    assertThat(checked(skew, asked, issued, there(skew).plusSeconds(expiresIn)))
        .isEqualTo(new Invalid("The ID token " + fault + "."));
  }

  @Test
  void believesNoSingleOddDate() {
    AuthReqId asked = ask(0);
    provider.answersAt(there(-7_200), 200, IdTokens.published(IdTokens.KEY));

    assertThat(
            client.check(
                token(asked, there(0), there(3_600)), Provider.ASKED, asked, Duration.ZERO))
        .isInstanceOf(Valid.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-90, 0, 90})
  void datesWhatItSignsInTheProvidersTimeWithRoomForAClockThatIsBehind(int skew)
      throws InterruptedException, ParseException {
    ClientAuthentication keyed =
        new ClientAuthentication.PrivateKeyJwt(
            Provider.CLIENT_ID, Keys.rsa("client").signing(SigningAlgorithm.PS256));
    BackchannelClient signing = provider.client(Provider.settings(keyed), clock);
    AuthReqId authReqId = new AuthReqId("a");
    for (int poll = 0; poll < 2; poll++) {
      provider.answersAt(there(skew), 400, "{\"error\":\"authorization_pending\"}");
      assertThat(signing.token(authReqId)).isEqualTo(new TokenAnswer.Pending());
    }
    server.takeRequest();
    JWTClaimsSet claims =
        SignedJWT.parse(Provider.form(server.takeRequest()).get("client_assertion"))
            .getJWTClaimsSet();

    Instant now = there(skew);
    assertThat(claims.getIssueTime().toInstant())
        .isBetween(now.minusSeconds(15), now.minusSeconds(8));
    assertThat(claims.getExpirationTime().toInstant())
        .isBetween(now.plusSeconds(55), now.plusSeconds(62));
  }

  private AuthReqId ask(int skew) {
    provider.answersAt(there(skew), 200, "{\"auth_req_id\":\"XyVW8Z3H\",\"expires_in\":120}");
    assertThat(client.authenticate(Provider.ASKED))
        .isInstanceOf(AuthenticationAnswer.Accepted.class);
    return IdTokens.AUTH_REQ_ID;
  }

  private GrantCheck grantedAndChecked(int skew, AuthReqId asked, Instant issued) {
    return checked(skew, asked, issued, issued.plusSeconds(3_600));
  }

  private GrantCheck checked(int skew, AuthReqId asked, Instant issued, Instant expires) {
    provider.answersAt(there(skew), 200, IdTokens.published(IdTokens.KEY));
    return client.check(token(asked, issued, expires), Provider.ASKED, asked, Duration.ZERO);
  }

  private static Tokens token(AuthReqId asked, Instant issued, Instant expires) {
    return IdTokens.tokens(
        IdTokens.with(claims ->
            claims
                .claim("urn:openid:params:jwt:claim:auth_req_id", asked.value())
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(expires))));
  }

  private static Instant there(int skew) {
    return Instant.now().plusSeconds(skew);
  }
}
