package dev.countersign.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.TestIssuer;
import dev.countersign.vault.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Which of the tokens that an issuer signs for a user are access tokens, and whose they are. */
@SpringBootTest(
    classes = TestApi.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "countersign.oidc.client-id=app",
      "countersign.oidc.client-secret=hush",
      "countersign.api.scope=buy",
      "management.server.port=0"
    })
class AccessTokenTest {
  private static final TestIssuer ISSUER = new TestIssuer("/");
  private static final ECKey HOLDER = key();

  @LocalServerPort private int port;
  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry registry) {
    registry.add("countersign.oidc.issuer", ISSUER::issuer);
  }

  @AfterAll
  static void close() {
    ISSUER.close();
  }

  static Stream<Named<String>> accessTokens() {
    return Stream.of(
        token("of an issuer that says nothing", claims -> claims),
        Named.of("of RFC 9068", ISSUER.typedToken("at+jwt", "alice", scoped(claims -> claims))),
        Named.of(
            "of RFC 9068, in full",
            ISSUER.typedToken("application/at+jwt", "alice", scoped(claims -> claims))),
        Named.of(
            "of Auth0",
            ISSUER.typedToken(
                "JWT",
                "auth0|alice",
                scoped(claims ->
                    claims
                        .audience(List.of("countersign", "https://acme.eu.auth0.com/userinfo"))
                        .claim("azp", "app")
                        .claim("gty", "password")
                        .claim("permissions", List.of("buy"))))),
        Named.of(
            "of Keycloak",
            ISSUER.typedToken(
                "JWT",
                "alice",
                scoped(claims ->
                    claims
                        .claim("typ", "Bearer")
                        .claim("azp", "app")
                        .claim("sid", "1b2c")
                        .claim("acr", "1")
                        .claim("auth_time", 1_700_000_000)))),
        Named.of(
            "of a Keycloak before 25, with the login's nonce",
            ISSUER.typedToken(
                "JWT",
                "alice",
                scoped(claims -> claims.claim("typ", "Bearer").claim("nonce", "n1")))),
        token(
            "of Spring's server, in a list",
            claims -> claims.claim("scope", List.of("openid", "buy"))),
        token("of Entra", claims -> claims.claim("scope", null).claim("scp", "buy")));
  }

  @ParameterizedTest
  @MethodSource("accessTokens")
  void accessTokenIsLetIn(String token) {
    assertThat(get("Bearer " + token).statusCode()).isEqualTo(200);
  }

  static Stream<Named<String>> others() {
    Map<String, Object> logout =
        Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of());
    return Stream.of(
        typed("logout+jwt"),
        typed("secevent+jwt"),
        typed("dpop+jwt"),
        typed("application/oauth-authz-req+jwt"),
        typed("token-introspection+jwt"),
        typed("oauth-id-jag+jwt"),
        typed("vc+sd-jwt"),
        token("a logout token without typ", claims -> claims.claim("events", logout)),
        token("ID token with nonce", claims -> claims.claim("nonce", "n1")),
        token("ID token with at_hash", claims -> claims.claim("at_hash", "x")),
        token("ID token with c_hash", claims -> claims.claim("c_hash", "x")),
        token("ID token with s_hash", claims -> claims.claim("s_hash", "x")),
        token("ID token of Auth0", claims -> claims.claim("scope", null).claim("sid", "x")),
        token(
            "ID token for the client and the API",
            claims -> claims.claim("scope", null).audience(List.of("app", "countersign"))),
        token("ID token of Keycloak", claims -> claims.claim("typ", "ID")),
        token("refresh token of Keycloak", claims -> claims.claim("typ", "Refresh")),
        token("logout token of Keycloak", claims -> claims.claim("typ", "Logout")),
        token("ID token of Cognito", claims -> claims.claim("token_use", "id")),
        Named.of(
            "ID token that says at+jwt",
            ISSUER.typedToken("at+jwt", "alice", scoped(claims -> claims.claim("at_hash", "x")))));
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNoAccessTokenIs401(String token) {
    HttpResponse<String> answer = get("Bearer " + token);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer)).startsWith("Bearer error=\"invalid_token\"");
  }

  @Test
  void tokenWithoutTheScopeIs403AndNamesIt() {
    HttpResponse<String> answer = get("Bearer " + ISSUER.token("alice"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(challenge(answer))
        .startsWith("Bearer error=\"insufficient_scope\"")
        .endsWith(", scope=\"buy\"");
    assertThat(answer.body()).contains("The bearer token must have the scope buy.");
  }

  @ParameterizedTest
  @MethodSource("bindings")
  void boundTokenWithoutItsProofIs401AndSaysWhy(Map<String, Object> confirmation, String why) {
    String token = ISSUER.token("alice", scoped(claims -> claims.claim("cnf", confirmation)));
    HttpResponse<String> answer = get("Bearer " + token);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer)).contains("invalid_token", why);
  }

  static Stream<Arguments> bindings() throws JOSEException {
    return Stream.of(
        Arguments.of(Map.of("jkt", thumbprint()), "must come with a DPoP proof"),
        Arguments.of(
            Map.of("x5t#S256", "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0"),
            "bound to a client certificate that this connection doesn't show"),
        Arguments.of(
            Map.of("jwk", HOLDER.toPublicJWK().toJSONObject()), "in a way that isn't checked"),
        Arguments.of(Map.of("jkt", thumbprint(), "kid", "k"), "It is bound"),
        Arguments.of(Map.of(), "names no key"));
  }

  @Test
  void boundTokenIsLetInWithItsProofOnce() throws JOSEException {
    String token = bound();
    String proof = proof(token, "GET", HOLDER);

    assertThat(get("DPoP " + token, "DPoP", proof).statusCode()).isEqualTo(200);

    HttpResponse<String> again = get("DPoP " + token, "DPoP", proof);
    assertThat(again.statusCode()).isEqualTo(401);
    assertThat(challenge(again)).startsWith("DPoP error=\"invalid_dpop_proof\"");
  }

  @Test
  void boundTokenIsRefusedWithAnothersProof() throws JOSEException {
    String token = bound();
    assertThat(get("DPoP " + token, "DPoP", proof(token, "GET", key())).statusCode())
        .isEqualTo(401);
    assertThat(get("DPoP " + token, "DPoP", proof(token, "POST", HOLDER)).statusCode())
        .isEqualTo(401);
    assertThat(get("DPoP " + token, "DPoP", proof(bound() + "x", "GET", HOLDER)).statusCode())
        .isEqualTo(401);
    assertThat(get("DPoP " + token).statusCode()).isEqualTo(401);
    assertThat(get("Bearer " + token, "DPoP", proof(token, "GET", HOLDER)).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aProofMakesNoBoundTokenOfAnother() throws JOSEException {
    String token = ISSUER.token("alice", scoped(claims -> claims));
    assertThat(get("DPoP " + token, "DPoP", proof(token, "GET", HOLDER)).statusCode())
        .isEqualTo(401);
  }

  private static String bound() throws JOSEException {
    Map<String, Object> confirmation = Map.of("jkt", thumbprint());
    return ISSUER.token("alice", scoped(claims -> claims.claim("cnf", confirmation)));
  }

  private static String thumbprint() throws JOSEException {
    return HOLDER.computeThumbprint().toString();
  }

  private static Named<String> typed(String type) {
    return Named.of(type, ISSUER.typedToken(type, "alice", scoped(claims -> claims)));
  }

  private static Named<String> token(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
    return Named.of(name, ISSUER.token("alice", scoped(change)));
  }

  private static UnaryOperator<JWTClaimsSet.Builder> scoped(
      UnaryOperator<JWTClaimsSet.Builder> change) {
    return claims -> change.apply(claims.claim("scope", "openid buy"));
  }

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** RFC 9449 4.2. */
  private String proof(String token, String method, ECKey holder) throws JOSEException {
    SignedJWT proof =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(holder.toPublicJWK())
                .build(),
            new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .claim("htm", method)
                .claim("htu", address().toString())
                .claim(
                    "ath", Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(token)))
                .issueTime(Date.from(Instant.now()))
                .build());
    proof.sign(new ECDSASigner(holder));
    return proof.serialize();
  }

  private URI address() {
    return URI.create("http://localhost:" + port + "/api/echo");
  }

  private static String challenge(HttpResponse<String> answer) {
    return answer.headers().firstValue("WWW-Authenticate").orElse("");
  }

  private HttpResponse<String> get(String authorization, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address()).header("Authorization", authorization);
    try {
      return http.send(
          (headers.length == 0 ? request : request.headers(headers)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
