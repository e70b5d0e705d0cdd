package dev.countersign.ciba.grant;

import static dev.countersign.ciba.grant.IdTokens.ASKED_AT;
import static dev.countersign.ciba.grant.IdTokens.at;
import static dev.countersign.ciba.http.Provider.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.countersign.ciba.ExpectedUser;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.GrantCheck.Invalid;
import dev.countersign.ciba.GrantCheck.Valid;
import dev.countersign.ciba.http.Provider;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenID Connect Core 3.1.3.7 and 3.1.3.8, each rule on an ID token that is valid but for it. */
class IdTokenClaimsTest {
  private static final String AUTH_REQ_ID = "urn:openid:params:jwt:claim:auth_req_id";

  @StartStop private final MockWebServer server = new MockWebServer();
  private final Provider provider = new Provider(server);

  @BeforeEach
  void publishKey() {
    provider.answers(200, IdTokens.published(IdTokens.KEY));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("is from another issuer", claims -> claims.issuer("https://tenant.example.com")),
        fault("is from another issuer", claims -> claims.issuer(null)),
        fault("is from another issuer", claims -> claims.claim("iss", List.of(Provider.ISSUER))),
        fault("is for another client", claims -> claims.audience("other")),
        fault("is for another client", claims -> claims.audience((String) null)),
        fault("is for another client", claims -> claims.audience(List.of())),
        fault("is for another client", claims -> claims.claim("aud", 4711)),
        fault(
            "is for several clients and doesn't say for which (azp)",
            claims -> claims.audience(List.of("agent", "other"))),
        fault(
            "was issued to another client (azp)",
            claims -> claims.audience(List.of("agent", "other")).claim("azp", "other")),
        fault("was issued to another client (azp)", claims -> claims.claim("azp", "other")),
        fault("was issued to another client (azp)", claims -> claims.claim("azp", 4711)),
        fault("has expired", claims -> claims.expirationTime(at(NOW.minusSeconds(60)))),
        fault("has expired", claims -> claims.claim("exp", -1)),
        fault("doesn't say when it expires (exp)", claims -> claims.expirationTime(null)),
        fault("doesn't say when it expires (exp)", claims -> claims.claim("exp", "never")),
        fault(
            "was issued before the user was asked",
            claims -> claims.issueTime(at(ASKED_AT.minusSeconds(61)))),
        fault(
            "was issued in the future (iat)", claims -> claims.issueTime(at(NOW.plusSeconds(61)))),
        fault("doesn't say when it was issued (iat)", claims -> claims.issueTime(null)),
        fault("doesn't say when it was issued (iat)", claims -> claims.claim("iat", "now")),
        fault("is not valid yet (nbf)", claims -> claims.notBeforeTime(at(NOW.plusSeconds(61)))),
        fault("is not valid yet (nbf)", claims -> claims.claim("nbf", "tomorrow")),
        fault("is about another user", claims -> claims.subject("auth0|bob")),
        fault(
            "has no text as its claim \"sub\", so nobody knows who approved",
            claims -> claims.subject(null)),
        fault(
            "has no text as its claim \"sub\", so nobody knows who approved",
            claims -> claims.claim("sub", List.of("auth0|alice"))),
        fault(
            "belongs to another access token (at_hash)",
            claims -> claims.claim("at_hash", "AkUYTxpa-p-nqOvMWPKslh")),
        fault("belongs to another access token (at_hash)", claims -> claims.claim("at_hash", 4711)),
        fault(
            "belongs to another request (auth_req_id)",
            claims -> claims.claim(AUTH_REQ_ID, "XyVW8Z3I")),
        fault(
            "belongs to another request (auth_req_id)", claims -> claims.claim(AUTH_REQ_ID, 4711)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void invalidWhenOneClaimIsNotAsItMust(String fault, Consumer<JWTClaimsSet.Builder> change) {
    assertThat(IdTokens.check(provider.client(), IdTokens.with(change)))
        .isEqualTo(new Invalid("The ID token " + fault + "."));
  }

  static Stream<Arguments> tolerated() {
    return Stream.of(
        tolerated(unchanged -> {}),
        tolerated(claims -> claims.audience(List.of("agent"))),
        tolerated(claims -> claims.audience(List.of("other", "agent")).claim("azp", "agent")),
        tolerated(claims -> claims.claim("azp", "agent")),
        tolerated(claims -> claims.expirationTime(at(NOW.minusSeconds(59)))),
        tolerated(claims -> claims.claim("exp", Long.MAX_VALUE)),
        tolerated(claims -> claims.claim("exp", NOW.getEpochSecond() + 0.5)),
        tolerated(claims -> claims.issueTime(at(ASKED_AT.minusSeconds(60)))),
        tolerated(claims -> claims.issueTime(at(NOW.plusSeconds(60)))),
        tolerated(claims -> claims.notBeforeTime(at(NOW.plusSeconds(60)))),
        tolerated(claims -> claims.claim("at_hash", IdTokens.AT_HASH)),
        tolerated(claims -> claims.claim(AUTH_REQ_ID, "XyVW8Z3H")),
        tolerated(claims -> claims.claim("sub_verified", true).claim("more", List.of(1))));
  }

  @Test
  void saysWhoApprovedAndHow() {
    GrantCheck check =
        IdTokens.check(
            provider.client(),
            IdTokens.with(claims ->
                claims
                    .claim("auth_time", NOW.getEpochSecond())
                    .claim("acr", "phr")
                    .claim("amr", List.of("hwk", 5, "x".repeat(300)))));

    assertThat(check)
        .isInstanceOfSatisfying(
            Valid.class,
            valid -> {
              assertThat(valid.facts().issuer()).isEqualTo(Provider.ISSUER);
              assertThat(valid.facts().subject()).isNotEmpty();
              assertThat(valid.facts().authenticatedAt()).isEqualTo(NOW);
              assertThat(valid.facts().acr()).isEqualTo("phr");
              assertThat(valid.facts().amr()).containsExactly("hwk");
              assertThat(valid.facts().tokenId()).isNull();
            });
  }

  @ParameterizedTest
  @MethodSource("tolerated")
  void validAtTheEdgeOfWhatIsAllowed(Consumer<JWTClaimsSet.Builder> change) {
    assertThat(IdTokens.check(provider.client(), IdTokens.with(change))).isInstanceOf(Valid.class);
  }

  static Stream<Arguments> users() {
    return Stream.of(
        user("email", "alice@example.com", "", claims -> {}),
        user("email", "alice@example.com", "", claims -> claims.claim("email_verified", true)),
        user("email", "alice@example.com", "", claims -> claims.claim("email_verified", "true")),
        user(
            "email",
            "alice@example.com",
            "says that the user's claim \"email\" is not verified",
            claims -> claims.claim("email_verified", false)),
        user(
            "email",
            "alice@example.com",
            "says that the user's claim \"email\" is not verified",
            claims -> claims.claim("email_verified", "false")),
        user(
            "email",
            "alice@example.com",
            "says that the user's claim \"email\" is not verified",
            claims -> claims.claim("email_verified", 1)),
        user(
            "email",
            "alice@example.com",
            "is about another user",
            claims -> claims.claim("email", "Alice@example.com").claim("email_verified", true)),
        user(
            "phone_number",
            "+4930901820",
            "says that the user's claim \"phone_number\" is not verified",
            claims ->
                claims.claim("phone_number", "+4930901820").claim("phone_number_verified", false)),
        user("staff_id", "4711", "", claims -> claims.claim("staff_id", "4711")),
        user(
            "staff_id",
            "4711",
            "has no text as its claim \"staff_id\", so nobody knows who approved",
            claims -> claims.claim("staff_id", 4711)),
        user(
            "preferred_username",
            "alice",
            "has no text as its claim \"preferred_username\", so nobody knows who approved",
            claims -> {}));
  }

  @ParameterizedTest
  @MethodSource("users")
  void userIsWhoTheChosenClaimSays(
      ExpectedUser user, String fault, Consumer<JWTClaimsSet.Builder> change) {
    String idToken =
        IdTokens.with(claims -> change.accept(claims.claim("email", "alice@example.com")));

    assertThat(
            provider
                .client()
                .check(
                    IdTokens.tokens(idToken),
                    Provider.askedAbout(user),
                    IdTokens.AUTH_REQ_ID,
                    IdTokens.SINCE_ASKED))
        .matches(check ->
            fault.isEmpty()
                ? check instanceof Valid
                : check.equals(new Invalid("The ID token " + fault + ".")));
  }

  private static Arguments fault(String words, Consumer<JWTClaimsSet.Builder> change) {
    return Arguments.of(words, change);
  }

  private static Arguments tolerated(Consumer<JWTClaimsSet.Builder> change) {
    return Arguments.of(change);
  }

  private static Arguments user(
      String claim, String value, String fault, Consumer<JWTClaimsSet.Builder> change) {
    return Arguments.of(new ExpectedUser(claim, value), fault, change);
  }
}
