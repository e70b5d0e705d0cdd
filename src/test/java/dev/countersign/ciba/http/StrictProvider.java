package dev.countersign.ciba.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.ciba.key.Keys;
import dev.countersign.ciba.provider.ProviderMetadata;
import java.io.Closeable;
import java.io.IOException;
import java.security.cert.Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Handshake;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/**
 * A provider of the FAPI-CIBA profile. Its usual address asks for no certificate and takes no
 * request; the other one takes those of one client only: its certificate, an assertion and a
 * request object by PS256, each used once, and nothing beside them. The user approves at once.
 */
final class StrictProvider implements Closeable {
  static final String ISSUER = Provider.ISSUER;
  private static final Keys OWN_KEYS = Keys.rsa("p1");
  private static final String AUTH_REQ_ID = "1c266114-a1be-4252-8ad1-04986c5b9ac1";
  private static final Set<String> PROOF =
      Set.of("client_id", "client_assertion", "client_assertion_type");

  private static final Set<String> MUST_BE_ASKED =
      Set.of("scope", "login_hint", "binding_message", "requested_expiry");

  final MockWebServer usual = new MockWebServer();
  final MockWebServer mutualTls = new MockWebServer();
  private final Certificate clientCertificate;
  private final Keys clientKeys;
  private final Set<String> usedIds = ConcurrentHashMap.newKeySet();
  private volatile String idToken;

  StrictProvider(
      HeldCertificate serverCertificate,
      HeldCertificate clientAuthority,
      HeldCertificate clientCertificate,
      Keys clientKeys)
      throws IOException {
    this.clientCertificate = clientCertificate.certificate();
    this.clientKeys = clientKeys;
    this.idToken = signed(JWSAlgorithm.PS256);
    HandshakeCertificates tls =
        new HandshakeCertificates.Builder()
            .heldCertificate(serverCertificate)
            .addTrustedCertificate(clientAuthority.certificate())
            .build();
    for (MockWebServer server : List.of(usual, mutualTls)) {
      server.useHttps(tls.sslSocketFactory());
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return answer(request);
            }
          });
    }
    mutualTls.requireClientAuth();
    usual.start();
    mutualTls.start();
  }

  ProviderMetadata metadata() {
    return new ProviderMetadata(
        ISSUER,
        usual.url("/bc-authorize").uri(),
        usual.url("/token").uri(),
        mutualTls.url("/bc-authorize").uri(),
        mutualTls.url("/token").uri(),
        usual.url("/jwks").uri(),
        List.of("private_key_jwt"),
        List.of("PS256"),
        List.of("PS256"),
        List.of("PS256"),
        List.of("poll"),
        false);
  }

  /** The provider's public key, as it publishes it. */
  RSAKey publicKey() {
    return (RSAKey) OWN_KEYS.jwk().toPublicJWK();
  }

  /** What the token answer holds from now on. */
  void issues(String anotherIdToken) {
    this.idToken = anotherIdToken;
  }

  /** An ID token with the provider's own key. */
  String signed(JWSAlgorithm algorithm) {
    try {
      return signed(algorithm, new RSASSASigner((RSAKey) OWN_KEYS.jwk()));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  String signed(JWSAlgorithm algorithm, JWSSigner signer) {
    SignedJWT jwt =
        new SignedJWT(new JWSHeader.Builder(algorithm).keyID("p1").build(), idTokenClaims());
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    return jwt.serialize();
  }

  static JWTClaimsSet idTokenClaims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(Provider.CLIENT_ID)
        .subject(Provider.ASKED.user().value())
        .issueTime(Date.from(Provider.NOW))
        .expirationTime(Date.from(Provider.NOW.plusSeconds(300)))
        .claim("urn:openid:params:jwt:claim:auth_req_id", AUTH_REQ_ID)
        .build();
  }

  @Override
  public void close() {
    usual.close();
    mutualTls.close();
  }

  private MockResponse answer(RecordedRequest request) {
    if (request.getTarget().equals("/jwks")) {
      return Provider.json(200, new JWKSet(publicKey()).toString()).build();
    }
    Map<String, String> form = Provider.form(request);
    String fault = faultOfClient(request, form);
    if (fault != null) {
      return refusal(401, "invalid_client", fault);
    }
    return switch (request.getTarget()) {
      case "/bc-authorize" -> asked(form);
      case "/token" -> polled(form);
      default -> refusal(404, "invalid_request", "no such address");
    };
  }

  private @Nullable String faultOfClient(RecordedRequest request, Map<String, String> form) {
    Handshake handshake = Objects.requireNonNull(request.getHandshake());
    if (handshake.peerCertificates().isEmpty()) {
      return "no certificate";
    }
    if (!handshake.peerCertificates().getFirst().equals(clientCertificate)) {
      return "not the client's certificate";
    }
    if (!"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        .equals(form.get("client_assertion_type"))) {
      return "no assertion";
    }
    JWTClaimsSet claims = verified(form.get("client_assertion"));
    if (claims == null) {
      return "the assertion is not signed with PS256 by the client's key";
    }
    return Provider.CLIENT_ID.equals(claims.getSubject())
        ? faultOfClaims(claims, Duration.ofMinutes(2))
        : "the assertion is about another client";
  }

  private MockResponse asked(Map<String, String> form) {
    if (!form.keySet().stream().allMatch(f -> f.equals("request") || PROOF.contains(f))) {
      return refusal(400, "invalid_request", "parameters beside the request object");
    }
    JWTClaimsSet claims = verified(form.get("request"));
    if (claims == null) {
      return refusal(
          400,
          "invalid_request",
          "the request object is not signed with PS256 by the client's key");
    }
    String fault = faultOfClaims(claims, Duration.ofMinutes(60));
    if (fault == null && claims.getNotBeforeTime() == null) {
      fault = "no nbf";
    }
    if (fault == null && !claims.getClaims().keySet().containsAll(MUST_BE_ASKED)) {
      fault = "not all of " + MUST_BE_ASKED;
    }
    return fault != null
        ? refusal(400, "invalid_request", fault)
        : Provider.json(200, "{\"auth_req_id\":\"%s\",\"expires_in\":300}".formatted(AUTH_REQ_ID))
            .build();
  }

  private MockResponse polled(Map<String, String> form) {
    return AUTH_REQ_ID.equals(form.get("auth_req_id"))
        ? Provider.json(
                200,
                ("{\"access_token\":\"a.b.c\",\"token_type\":\"Bearer\",\"expires_in\":300,"
                        + "\"id_token\":\"%s\"}")
                    .formatted(idToken))
            .build()
        : refusal(400, "invalid_grant", "no such request");
  }

  private @Nullable String faultOfClaims(JWTClaimsSet claims, Duration longestLife) {
    if (!Provider.CLIENT_ID.equals(claims.getIssuer())) {
      return "another issuer than the client";
    }
    if (!claims.getAudience().equals(List.of(ISSUER))) {
      return "for another provider";
    }
    Date issued = claims.getIssueTime();
    Date expires = claims.getExpirationTime();
    if (issued == null || expires == null) {
      return "no iat or no exp";
    }
    Instant now = Provider.NOW;
    if (!expires.toInstant().isAfter(now) || issued.toInstant().isAfter(now)) {
      return "not valid now";
    }
    if (expires.toInstant().isAfter(issued.toInstant().plus(longestLife))) {
      return "valid for too long";
    }
    String id = claims.getJWTID();
    return id != null && usedIds.add(id) ? null : "no jti, or one that was used before";
  }

  private @Nullable JWTClaimsSet verified(@Nullable String jwt) {
    try {
      SignedJWT signed = SignedJWT.parse(Objects.requireNonNullElse(jwt, ""));
      return signed.getHeader().getAlgorithm().equals(JWSAlgorithm.PS256)
              && "c1".equals(signed.getHeader().getKeyID())
              && signed.verify(new RSASSAVerifier((RSAKey) clientKeys.jwk().toPublicJWK()))
          ? signed.getJWTClaimsSet()
          : null;
    } catch (ParseException | JOSEException e) {
      return null;
    }
  }

  private static MockResponse refusal(int status, String error, String words) {
    return Provider.json(
            status, "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, words))
        .build();
  }
}
