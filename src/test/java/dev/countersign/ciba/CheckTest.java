package dev.countersign.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.ciba.GrantCheck.Invalid;
import dev.countersign.ciba.GrantCheck.KeysUnavailable;
import dev.countersign.ciba.GrantCheck.Valid;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CheckTest {
  private static final Instant ASKED_AT = Provider.NOW.minusSeconds(120);
  private static final AuthReqId AUTH_REQ_ID = new AuthReqId("XyVW8Z3H");
  private static final RSAKey KEY = key("k1");
  private static final RSAKey ANOTHER = key("k2");
  private static final String DETAILS = "[{\"type\":\"purchase\",\"total\":2500}]";

  @StartStop private final MockWebServer server = new MockWebServer();
  private final Provider provider = new Provider(server);
  private BackchannelClient client;

  @BeforeEach
  void newClient() {
    client = provider.client();
  }

  @Test
  void validWhenAllIsAsAsked() throws InterruptedException {
    publish(KEY);

    assertThat(check(idToken(claims -> {}))).isEqualTo(new Valid());
    assertThat(server.takeRequest().getTarget()).isEqualTo("/.well-known/jwks.json");
  }

  @Test
  void keysAreFetchedOnceAndOnlyWhenNeeded() {
    publish(KEY);
    assertThat(server.getRequestCount()).isZero();

    for (int i = 0; i < 5; i++) {
      assertThat(check(idToken(claims -> {}))).isEqualTo(new Valid());
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void validWhenTheProviderHasChangedItsKey() {
    publish(KEY);
    publish(KEY, ANOTHER);

    assertThat(check(idToken(claims -> {}))).isEqualTo(new Valid());
    assertThat(check(signed(ANOTHER, claims -> {}))).isEqualTo(new Valid());
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("another issuer", claims -> claims.issuer("https://tenant.example.com")),
        fault("another issuer", claims -> claims.issuer(null)),
        fault("another client", claims -> claims.audience("other")),
        fault("another client", claims -> claims.audience((String) null)),
        fault("another client", claims -> claims.audience(List.of("agent", "other"))),
        fault(
            "another client",
            claims -> claims.audience(List.of("agent", "other")).claim("azp", "other")),
        fault("another client", claims -> claims.claim("azp", "other")),
        fault("expired", claims -> claims.expirationTime(at(Provider.NOW.minusSeconds(60)))),
        fault("expired", claims -> claims.expirationTime(null)),
        fault(
            "before the user was asked", claims -> claims.issueTime(at(ASKED_AT.minusSeconds(61)))),
        fault("before the user was asked", claims -> claims.issueTime(null)),
        fault("another user", claims -> claims.subject("auth0|bob")),
        fault("another user", claims -> claims.subject(null)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void invalidWhenAClaimIsNotAsAsked(String words, Consumer<JWTClaimsSet.Builder> change) {
    publish(KEY);

    assertThat(check(idToken(change)))
        .isInstanceOfSatisfying(
            Invalid.class, invalid -> assertThat(invalid.reason()).contains(words));
  }

  static Stream<Arguments> tolerated() {
    return Stream.of(
        tolerated(claims -> claims.audience(List.of("agent", "other")).claim("azp", "agent")),
        tolerated(claims -> claims.expirationTime(at(Provider.NOW.minusSeconds(59)))),
        tolerated(claims -> claims.issueTime(at(ASKED_AT.minusSeconds(60)))));
  }

  @ParameterizedTest
  @MethodSource("tolerated")
  void validAtTheEdgeOfWhatIsAllowed(Consumer<JWTClaimsSet.Builder> change) {
    publish(KEY);

    assertThat(check(idToken(change))).isEqualTo(new Valid());
  }

  @Test
  void invalidWhenSignedByAnotherKeyOfThatName() {
    publish(KEY);

    assertInvalidSignature(signed(key("k1"), claims -> {}));
  }

  @Test
  void invalidWhenNotSignedWithRs256() throws JOSEException {
    publish(KEY);

    assertInvalidSignature(
        sign(JWSAlgorithm.HS256, "k1", new MACSigner(KEY.toRSAPublicKey().getEncoded())));
    assertInvalidSignature(sign(JWSAlgorithm.PS256, "k1", new RSASSASigner(KEY)));
    assertInvalidSignature(new PlainJWT(claims(unchanged -> {})).serialize());
  }

  @Test
  void invalidWhenTheIdTokenIsNoJwt() {
    assertThat(check("secret"))
        .isInstanceOfSatisfying(
            Invalid.class, invalid -> assertThat(invalid.reason()).doesNotContain("secret"));
  }

  @Test
  void keysUnavailableUntilTheyCanBeFetched() {
    server.enqueue(new MockResponse.Builder().code(503).build());
    server.enqueue(Provider.json(200, "<html>").build());

    assertThat(check(idToken(claims -> {}))).isInstanceOf(KeysUnavailable.class);
    assertThat(check(idToken(claims -> {}))).isInstanceOf(KeysUnavailable.class);
    // the third fetch within 30 s isn't made
    assertThat(check(idToken(claims -> {}))).isInstanceOf(KeysUnavailable.class);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void validOnceTheKeysCanBeFetchedAgain() {
    server.enqueue(new MockResponse.Builder().code(503).build());
    publish(KEY);

    assertThat(check(idToken(claims -> {}))).isInstanceOf(KeysUnavailable.class);
    assertThat(check(idToken(claims -> {}))).isEqualTo(new Valid());
  }

  @Test
  void invalidWhenAScopeIsMissing() {
    Tokens less = new Tokens("t", idToken(claims -> {}), null, List.of("openid"), null);

    assertThat(check(less, Provider.ASKED))
        .isEqualTo(
            new Invalid("The provider granted less than was asked: scope product:buy is missing."));
  }

  @Test
  void validWhenMoreScopesOrNoneAreNamed() {
    publish(KEY);
    String idToken = idToken(claims -> {});

    assertThat(check(new Tokens("t", idToken, null, List.of("product:buy", "x", "openid"), null)))
        .isEqualTo(new Valid());
    assertThat(check(new Tokens("t", idToken, null, null, null))).isEqualTo(new Valid());
  }

  @Test
  void invalidWhenOpenidWasAskedAndNoIdTokenCame() {
    assertThat(check(new Tokens("t", null, null, null, null))).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"total":2500,"type":"purchase"}]                      | true
          [{"type":"purchase","total":2500.00}]                   | true
                                                                  | true
          [{"type":"purchase","total":2501}]                      | false
          [{"type":"purchase"}]                                   | false
          [{"type":"purchase","total":2500},{"type":"refund"}]    | false
          []                                                      | false
          [{"type                                                 | false
          """)
  void grantedDetailsAreComparedAsValues(@Nullable String granted, boolean valid) {
    publish(KEY);
    Tokens tokens = new Tokens("t", idToken(claims -> {}), null, null, granted);

    assertThat(check(tokens, Provider.asked("product:buy", DETAILS)) instanceof Valid)
        .isEqualTo(valid);
  }

  private void assertInvalidSignature(String idToken) {
    assertThat(check(idToken))
        .isEqualTo(new Invalid("The ID token is not signed by one of the provider's RS256 keys."));
  }

  private GrantCheck check(String idToken) {
    return check(new Tokens("t", idToken, null, List.of("openid", "product:buy"), null));
  }

  private GrantCheck check(Tokens tokens) {
    return check(tokens, Provider.ASKED);
  }

  private GrantCheck check(Tokens tokens, AuthenticationRequest asked) {
    return client.check(tokens, asked, AUTH_REQ_ID, ASKED_AT);
  }

  private void publish(RSAKey... keys) {
    provider.answers(200, new JWKSet(List.of(keys)).toString());
  }

  private static String idToken(Consumer<JWTClaimsSet.Builder> change) {
    return signed(KEY, change);
  }

  private static String signed(RSAKey key, Consumer<JWTClaimsSet.Builder> change) {
    try {
      return sign(JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key), change);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String sign(JWSAlgorithm algorithm, String keyId, JWSSigner signer)
      throws JOSEException {
    return sign(algorithm, keyId, signer, unchanged -> {});
  }

  private static String sign(
      JWSAlgorithm algorithm, String keyId, JWSSigner signer, Consumer<JWTClaimsSet.Builder> change)
      throws JOSEException {
    JWSHeader header = new JWSHeader.Builder(algorithm).keyID(keyId).build();
    SignedJWT jwt = new SignedJWT(header, claims(change));
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(Provider.ISSUER)
            .audience(Provider.CLIENT_ID)
            .subject(Provider.ASKED.user().value())
            .issueTime(at(Provider.NOW))
            .expirationTime(at(Provider.NOW.plusSeconds(3_600)));
    change.accept(claims);
    return claims.build();
  }

  private static Arguments fault(String words, Consumer<JWTClaimsSet.Builder> change) {
    return Arguments.of(words, change);
  }

  private static Arguments tolerated(Consumer<JWTClaimsSet.Builder> change) {
    return Arguments.of(change);
  }

  private static Date at(Instant instant) {
    return Date.from(instant);
  }

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
