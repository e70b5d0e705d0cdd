package dev.countersign;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** An identity provider that publishes its keys and signs whatever a test asks for. */
final class TestIssuer implements AutoCloseable {
  private final MockWebServer server = new MockWebServer();
  private final String slash;
  private final RSAKey key = newKey();
  private final RSAKey foreignKey = newKey();
  private volatile boolean down;

  /**
   * Starts a provider.
   *
   * @param slash what its issuer ends with: nothing or a slash
   */
  TestIssuer(String slash) {
    this.slash = slash;
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request.getUrl().encodedPath());
          }
        });
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String issuer() {
    return "http://localhost:" + server.getPort() + slash;
  }

  /** From now on, every request to it fails with 503, or no longer does. */
  void setDown(boolean down) {
    this.down = down;
  }

  int requests() {
    return server.getRequestCount();
  }

  private MockResponse answer(String path) {
    if (down) {
      return new MockResponse.Builder().code(503).build();
    }
    return switch (path) {
      case "/.well-known/openid-configuration" ->
          json(
              """
              {"issuer": "%s", "jwks_uri": "http://localhost:%d/jwks.json",
               "authorization_endpoint": "http://localhost/a", "token_endpoint": "http://localhost/t",
               "subject_types_supported": ["public"], "response_types_supported": ["code"],
               "id_token_signing_alg_values_supported": ["RS256"]}
              """
                  .formatted(issuer(), server.getPort()));
      case "/jwks.json" -> json(new JWKSet(key.toPublicJWK()).toString());
      default -> new MockResponse.Builder().code(404).build();
    };
  }

  private static MockResponse json(String body) {
    return new MockResponse.Builder()
        .code(200)
        .setHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }

  /** A good token of a user, for the audience {@code countersign}. */
  String token(String sub) {
    return token(sub, claims -> claims);
  }

  /** A token of a user, but for what the change does to it. */
  String token(String sub, UnaryOperator<JWTClaimsSet.Builder> change) {
    return sign(key, change.apply(claims(sub)).build());
  }

  /** A good token, signed with PS256. */
  String ps256Token(String sub) {
    return sign(JWSAlgorithm.PS256, key, claims(sub).build());
  }

  /** A token that someone else signed. */
  String forgedToken(String sub) {
    return sign(foreignKey, claims(sub).build());
  }

  /** A token that nobody signed: {@code alg} is {@code none}. */
  String unsignedToken(String sub) {
    return new PlainJWT(claims(sub).build()).serialize();
  }

  private JWTClaimsSet.Builder claims(String sub) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject(sub)
        .audience("countersign")
        .issueTime(Date.from(Instant.now()))
        .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))));
  }

  private String sign(RSAKey signingKey, JWTClaimsSet claims) {
    return sign(JWSAlgorithm.RS256, signingKey, claims);
  }

  private String sign(JWSAlgorithm algorithm, RSAKey signingKey, JWTClaimsSet claims) {
    try {
      SignedJWT jwt =
          new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
      jwt.sign(new RSASSASigner(signingKey));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID("test").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
