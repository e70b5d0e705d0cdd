package dev.countersign.ciba.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.countersign.OddKeys;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.GrantCheck.Invalid;
import dev.countersign.ciba.GrantCheck.KeysUnavailable;
import dev.countersign.ciba.GrantCheck.Valid;
import dev.countersign.ciba.Tokens;
import dev.countersign.ciba.UserHint;
import dev.countersign.ciba.http.Provider;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What was granted against what was asked, and when the provider's keys are fetched. */
class CheckTest {
  private static final String DETAILS =
      "[{\"type\":\"purchase\",\"total\":2500,\"items\":[{\"name\":\"headphones\",\"qty\":2}]}]";

  @StartStop private final MockWebServer server = new MockWebServer();
  private final Provider provider = new Provider(server);
  private BackchannelClient client;

  @BeforeEach
  void newClient() {
    client = provider.client();
  }

  @Test
  void validWhenAllIsAsAsked() throws InterruptedException {
    publish(IdTokens.KEY);

    assertThat(check(IdTokens.valid())).isInstanceOf(Valid.class);
    assertThat(server.takeRequest().getTarget()).isEqualTo("/.well-known/jwks.json");
  }

  @Test
  void nothingIsSentButWhatACallNeeds() {
    assertThat(server.getRequestCount()).isZero();

    provider.answers(200, "{\"auth_req_id\":\"XyVW8Z3H\",\"expires_in\":300}");
    client.authenticate(Provider.ASKED);
    assertThat(server.getRequestCount()).isEqualTo(1);

    provider.answers(400, "{\"error\":\"authorization_pending\"}");
    client.token(IdTokens.AUTH_REQ_ID);
    assertThat(server.getRequestCount()).isEqualTo(2);

    publish(IdTokens.KEY); // the keys, once for many ID tokens
    for (int i = 0; i < 5; i++) {
      assertThat(check(IdTokens.valid())).isInstanceOf(Valid.class);
    }
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void validWhenTheProviderHasChangedItsKey() {
    RSAKey another = IdTokens.rsaKey("k2");
    publish(IdTokens.KEY);
    publish(IdTokens.KEY, another);

    assertThat(check(IdTokens.valid())).isInstanceOf(Valid.class);
    assertThat(check(IdTokens.signed(JWSAlgorithm.RS256, another))).isInstanceOf(Valid.class);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void otherKeysCountWhenSomeOfTheSetCanNotBeUsed() {
    publish(OddKeys.ALL, IdTokens.KEY);

    assertThat(check(IdTokens.valid())).isInstanceOf(Valid.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void keysCountWhateverTheyAreCalledAndAfterAMark() throws InterruptedException {
    server.enqueue(
        Provider.json(200, "\uFEFF" + IdTokens.published(IdTokens.KEY))
            .setHeader("Content-Type", "application/jwk-set+json")
            .build());

    assertThat(check(IdTokens.valid())).isInstanceOf(Valid.class);
    assertThat(server.takeRequest().getHeaders().get("Accept"))
        .isEqualTo("application/json, application/jwk-set+json");
  }

  @Test
  void keysUnavailableWhenNoneOfTheSetCanBeRead() {
    provider.answers(200, "{\"keys\":[" + OddKeys.EC_WITHOUT_Y + ",null]}");
    provider.answers(200, "{\"keys\":[]}");

    assertThat(check(IdTokens.valid())).isInstanceOf(KeysUnavailable.class);
    assertThat(check(IdTokens.valid())).isInstanceOf(KeysUnavailable.class);
  }

  @Test
  void keysAreFetchedAgainForANewNameEvenAfterAMadeUpOne() {
    RSAKey madeUp = IdTokens.rsaKey("made-up");
    RSAKey another = IdTokens.rsaKey("k2");
    publish(IdTokens.KEY);
    publish(IdTokens.KEY);
    publish(IdTokens.KEY, another);

    assertThat(check(IdTokens.valid())).isInstanceOf(Valid.class);
    for (int i = 0; i < 3; i++) {
      assertThat(check(IdTokens.signed(JWSAlgorithm.RS256, madeUp)))
          .isEqualTo(
              new KeysUnavailable(
                  "The provider's keys can't be had: the one that a token names is not published"
                      + " yet"));
    }
    assertThat(server.getRequestCount()).isEqualTo(2);
    assertThat(check(IdTokens.signed(JWSAlgorithm.RS256, another))).isInstanceOf(Valid.class);
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void approvalWaitsWhileItsKeyMayNotBeLookedUp() {
    publish(IdTokens.KEY);
    publish(IdTokens.KEY);
    publish(IdTokens.KEY);

    assertThat(check(IdTokens.valid())).isInstanceOf(Valid.class);
    for (String name : List.of("x1", "x2")) {
      assertThat(check(IdTokens.signed(JWSAlgorithm.RS256, IdTokens.rsaKey(name))))
          .isInstanceOf(KeysUnavailable.class);
    }
    assertThat(check(IdTokens.signed(JWSAlgorithm.RS256, IdTokens.rsaKey("x3"))))
        .isInstanceOf(KeysUnavailable.class);
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void keysUnavailableUntilTheyCanBeFetched() {
    server.enqueue(new MockResponse.Builder().code(503).build());
    server.enqueue(Provider.json(200, "<html>").build());

    assertThat(check(IdTokens.valid())).isInstanceOf(KeysUnavailable.class);
    assertThat(check(IdTokens.valid())).isInstanceOf(KeysUnavailable.class);
    // a third fetch right after them isn't made
    assertThat(check(IdTokens.valid())).isInstanceOf(KeysUnavailable.class);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void keysUnavailableWhenTheirAddressPointsElsewhere() {
    server.enqueue(
        new MockResponse.Builder().code(302).addHeader("Location", "/elsewhere").build());

    assertThat(check(IdTokens.valid())).isInstanceOf(KeysUnavailable.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void validOnceTheKeysCanBeFetchedAgain() {
    server.enqueue(new MockResponse.Builder().code(503).build());
    publish(IdTokens.KEY);

    assertThat(check(IdTokens.valid())).isInstanceOf(KeysUnavailable.class);
    assertThat(check(IdTokens.valid())).isInstanceOf(Valid.class);
  }

  @ParameterizedTest
  @CsvSource({
    "openid,                       'product:buy'",
    "'',                           'product:buy'",
    "openid product:buyer,         product:buy"
  })
  void invalidWhenAScopeIsMissing(String granted, String missing) {
    Tokens less = new Tokens("t", IdTokens.valid(), null, List.of(granted.split(" ")), null);

    assertThat(check(less))
        .isEqualTo(
            new Invalid(
                "The provider granted less than was asked: scope " + missing + " is missing."));
  }

  @Test
  void verifiedIdTokenIsTheGrantOfOpenid() {
    publish(IdTokens.KEY);

    assertThat(check(new Tokens("t", IdTokens.valid(), null, List.of("product:buy"), null)))
        .isInstanceOf(Valid.class);
  }

  @Test
  void openidIsMissingWhereNoIdTokenOrAWrongOneGrantsIt() {
    publish(IdTokens.KEY);
    Tokens none = new Tokens("t", null, null, List.of("product:buy"), null);
    Tokens wrong =
        new Tokens(
            "t",
            IdTokens.with(claims -> claims.subject("mallory")),
            null,
            List.of("product:buy"),
            null);

    assertThat(check(none))
        .isEqualTo(
            new Invalid("The provider granted less than was asked: scope openid is missing."));
    assertThat(check(wrong)).isEqualTo(new Invalid("The ID token is about another user."));
  }

  @Test
  void validWhenMoreScopesOrNoneAreNamed() {
    publish(IdTokens.KEY);
    String idToken = IdTokens.valid();

    assertThat(check(new Tokens("t", idToken, null, List.of("product:buy", "x", "openid"), null)))
        .isInstanceOf(Valid.class);
    assertThat(check(new Tokens("t", idToken, null, null, null))).isInstanceOf(Valid.class);
  }

  @ParameterizedTest
  @CsvSource({
    "      , openid, false",
    "      , email,  true",
    "true  , openid, false",
    "true  , email,  false",
    "false , openid, true",
    "false , email,  true"
  })
  void idTokenMustBeThereAsTheSettingsSay(@Nullable Boolean required, String scope, boolean valid) {
    GrantCheck check =
        provider
            .client(Provider.settings(required))
            .check(
                new Tokens("t", null, null, null, null),
                Provider.askedFor(scope),
                IdTokens.AUTH_REQ_ID,
                IdTokens.SINCE_ASKED);

    assertThat(check)
        .isEqualTo(
            valid
                ? new Valid()
                : new Invalid("The provider sent no ID token, so nobody knows who approved."));
  }

  @ParameterizedTest
  @MethodSource
  void idTokenMustBeThereWhenATokenNamedTheUser(UserHint hint) {
    AuthenticationRequest named = Provider.ASKED;
    AuthenticationRequest asked =
        new AuthenticationRequest(
            hint,
            named.user(),
            named.bindingMessage(),
            named.scopes(),
            named.audience(),
            null,
            named.requestedExpiry(),
            List.of(),
            null,
            null);
    GrantCheck check =
        provider
            .client(Provider.settings(false))
            .check(
                new Tokens("t", null, null, null, null),
                asked,
                IdTokens.AUTH_REQ_ID,
                IdTokens.SINCE_ASKED);

    assertThat(check)
        .isEqualTo(new Invalid("The provider sent no ID token, so nobody knows who approved."));
  }

  static Stream<UserHint> idTokenMustBeThereWhenATokenNamedTheUser() {
    return Stream.of(new UserHint.IdTokenHint("of bob"), new UserHint.LoginHintToken("of bob"));
  }

  @Test
  void invalidWhenTheIdTokenIsNotRequiredButWrong() {
    assertThat(IdTokens.check(provider.client(Provider.settings(false)), "secret"))
        .isEqualTo(new Invalid("The ID token is no JWT."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"items":[{"qty":2,"name":"headphones"}],"total":2500,"type":"purchase"}]
          [{"type":"purchase","total":2500.00,"items":[{"name":"headphones","qty":2.0}]}]
          [{"type":"purchase","total":25e2,"items":[{"name":"headphones","qty":2}]}]
          """)
  void validWhenTheDetailsAreTheSameOtherwiseWritten(String granted) {
    publish(IdTokens.KEY);

    assertThat(checkDetails(granted, DETAILS)).isInstanceOf(Valid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"type":"purchase","total":2501,"items":[{"name":"headphones","qty":2}]}]
          [{"type":"purchase","total":2500.0000000000000001,"items":[{"name":"headphones","qty":2}]}]
          [{"type":"purchase","total":1e400,"items":[{"name":"headphones","qty":2}]}]
          [{"type":"purchase","total":"2500","items":[{"name":"headphones","qty":2}]}]
          [{"type":"purchase","total":null,"items":[{"name":"headphones","qty":2}]}]
          [{"type":"purchase","items":[{"name":"headphones","qty":2}]}]
          [{"type":"purchase","total":2500,"items":[{"name":"headphones"}]}]
          [{"type":"purchase","total":2500,"items":[]}]
          [{"type":"purchase","total":2500,"items":[{"name":"headphones","qty":2},{"name":"x"}]}]
          [{"type":"purchase","total":2500,"items":[{"name":"headphones","qty":2,"x":1}]}]
          [{"type":"purchase","total":2500,"items":[{"name":"headphones","qty":2}],"x":null}]
          [{"type":"refund","total":2500,"items":[{"name":"headphones","qty":2}]}]
          [{"type":"purchase","total":2500,"items":[{"name":"headphones","qty":2}]},{"type":"refund"}]
          {"type":"purchase","total":2500,"items":[{"name":"headphones","qty":2}]}
          []
          ``
          [{"type
          """)
  void invalidWhenTheDetailsAreOtherThanAsked(String granted) {
    assertThat(checkDetails(granted, DETAILS))
        .isEqualTo(
            new Invalid("The provider granted other authorization details than were asked for."));
  }

  @Test
  void invalidWhenDetailsWereAskedAndNoneGranted() {
    assertThat(checkDetails(null, DETAILS))
        .isEqualTo(
            new Invalid(
                "The provider granted none of the authorization details that were asked for."));
  }

  @Test
  void validWhenDetailsAreNamedThatNobodyAsked() {
    publish(IdTokens.KEY);

    assertThat(checkDetails(DETAILS, null)).isInstanceOf(Valid.class);
  }

  private GrantCheck checkDetails(@Nullable String granted, @Nullable String asked) {
    return client.check(
        new Tokens("t", IdTokens.valid(), null, null, granted),
        Provider.asked("product:buy", asked),
        IdTokens.AUTH_REQ_ID,
        IdTokens.SINCE_ASKED);
  }

  private GrantCheck check(String idToken) {
    return IdTokens.check(client, idToken);
  }

  private GrantCheck check(Tokens tokens) {
    return client.check(tokens, Provider.ASKED, IdTokens.AUTH_REQ_ID, IdTokens.SINCE_ASKED);
  }

  private void publish(List<String> beside, JWK key) {
    provider.answers(200, OddKeys.set(beside, key.toPublicJWK().toJSONString()));
  }

  private void publish(JWK... keys) {
    provider.answers(200, IdTokens.published(keys));
  }
}
