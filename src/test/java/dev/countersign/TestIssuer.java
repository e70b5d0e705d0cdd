package dev.countersign;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An identity provider that publishes its keys and signs whatever a test asks for. */
public final class TestIssuer implements AutoCloseable {
  private static final RSAKey STRANGERS_KEY = newKey("test");

  private final MockWebServer server = new MockWebServer();
  private final String slash;
  private volatile RSAKey key = newKey("test");
  private final AtomicInteger keyRequests = new AtomicInteger();
  private final Map<String, Function<RecordedRequest, MockResponse>> answers =
      new ConcurrentHashMap<>();
  private final Map<String, Object> members = new ConcurrentHashMap<>();
  private volatile List<String> oddKeys = List.of();
  private volatile boolean down;
  private volatile @Nullable Duration ahead;

  /**
   * Starts a provider.
   *
   * @param slash what its issuer ends with: nothing or a slash
   */
  public TestIssuer(String slash) {
    this.slash = slash;
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            MockResponse answer = answer(request);
            return ahead == null
                ? answer
                : answer
                    .newBuilder()
                    .setHeader(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(now().atZone(ZoneOffset.UTC)))
                    .build();
          }
        });
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String issuer() {
    return "http://localhost:" + server.getPort() + slash;
  }

  /** From now on, every request to it fails with 503, or no longer does. */
  public void setDown(boolean down) {
    this.down = down;
  }

  /** From now on, its clock is so far ahead of this machine's, and it dates its answers. */
  public void setAhead(Duration ahead) {
    this.ahead = ahead;
  }

  private Instant now() {
    Duration difference = ahead;
    return difference == null ? Instant.now() : Instant.now().plus(difference);
  }

  /** How often its keys were asked for. */
  public int keyRequests() {
    return keyRequests.get();
  }

  /** From now on, the set of its keys has these members too, and is written oddly. */
  public void publishesBeside(List<String> odd) {
    this.oddKeys = odd;
  }

  /** From now on, it signs with another key, and publishes that alone. */
  public void changesKey(String name) {
    this.key = newKey(name);
  }

  /** A token that someone else signed, who made up a name for the key. */
  public String tokenOfMadeUpKey(String sub, String name) {
    return sign(JWSAlgorithm.RS256, STRANGERS_KEY, name, claims(sub).build());
  }

  public int requests() {
    return server.getRequestCount();
  }

  /** From now on, requests to this path are answered so. */
  public void answers(String path, Function<RecordedRequest, MockResponse> answer) {
    answers.put(path, answer);
  }

  /** Adds a member to the discovery document, or replaces one. */
  public void says(String member, Object value) {
    members.put(member, value);
  }

  /** Where the provider has this path. */
  public String url(String path) {
    return "http://localhost:" + server.getPort() + path;
  }

  private MockResponse answer(RecordedRequest request) {
    if (down) {
      return new MockResponse.Builder().code(503).build();
    }
    String path = request.getUrl().encodedPath();
    Function<RecordedRequest, MockResponse> answer = answers.get(path);
    if (answer != null) {
      return answer.apply(request);
    }
    return switch (path) {
      case "/.well-known/openid-configuration" ->
          json(JsonMapper.shared().writeValueAsString(discovery()));
      case "/jwks.json" -> {
        keyRequests.incrementAndGet();
        yield keys(request);
      }
      default -> new MockResponse.Builder().code(404).build();
    };
  }

  /** With a mark before it and a content type that few expect, once there are odd keys. */
  private MockResponse keys(RecordedRequest request) {
    String set = OddKeys.set(oddKeys, key.toPublicJWK().toJSONString());
    if (oddKeys.isEmpty()) {
      return json(set);
    }
    String accepted = request.getHeaders().get("Accept");
    return accepted == null || !accepted.startsWith("application/json")
        ? new MockResponse.Builder().code(406).build()
        : json("\uFEFF" + set)
            .newBuilder()
            .setHeader("Content-Type", "application/jwk-set+json")
            .build();
  }

  private Map<String, Object> discovery() {
    Map<String, Object> document = new HashMap<>();
    document.put("issuer", issuer());
    document.put("jwks_uri", url("/jwks.json"));
    document.put("authorization_endpoint", url("/authorize"));
    document.put("token_endpoint", url("/token"));
    document.put("subject_types_supported", List.of("public"));
    document.put("response_types_supported", List.of("code"));
    document.put("id_token_signing_alg_values_supported", List.of("RS256"));
    document.putAll(members);
    return document;
  }

  public static MockResponse json(String body) {
    return new MockResponse.Builder()
        .code(200)
        .setHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }

  /** A good token of a user, for the audience {@code countersign}. */
  public String token(String sub) {
    return token(sub, claims -> claims);
  }

  /** A token of a user, but for what the change does to it. */
  public String token(String sub, UnaryOperator<JWTClaimsSet.Builder> change) {
    return sign(key, change.apply(claims(sub)).build());
  }

  /** A token whose header says that it is of this type, but for what the change does to it. */
  public String typedToken(String type, String sub, UnaryOperator<JWTClaimsSet.Builder> change) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(key.getKeyID())
            .type(new JOSEObjectType(type))
            .build();
    return sign(header, key, change.apply(claims(sub)).build());
  }

  /** A good token, signed with PS256. */
  public String ps256Token(String sub) {
    return ps256Token(sub, claims -> claims);
  }

  public String ps256Token(String sub, UnaryOperator<JWTClaimsSet.Builder> change) {
    return sign(JWSAlgorithm.PS256, key, change.apply(claims(sub)).build());
  }

  /** A token that someone else signed. */
  public String forgedToken(String sub) {
    return forgedToken(sub, claims -> claims);
  }

  public String forgedToken(String sub, UnaryOperator<JWTClaimsSet.Builder> change) {
    return sign(STRANGERS_KEY, change.apply(claims(sub)).build());
  }

  /** A token that nobody signed: {@code alg} is {@code none}. */
  public String unsignedToken(String sub) {
    return unsignedToken(sub, claims -> claims);
  }

  public String unsignedToken(String sub, UnaryOperator<JWTClaimsSet.Builder> change) {
    return new PlainJWT(change.apply(claims(sub)).build()).serialize();
  }

  private JWTClaimsSet.Builder claims(String sub) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject(sub)
        .audience("countersign")
        .issueTime(Date.from(now()))
        .expirationTime(Date.from(now().plus(Duration.ofHours(1))));
  }

  private String sign(RSAKey signingKey, JWTClaimsSet claims) {
    return sign(JWSAlgorithm.RS256, signingKey, claims);
  }

  private String sign(JWSAlgorithm algorithm, RSAKey signingKey, JWTClaimsSet claims) {
    return sign(algorithm, signingKey, key.getKeyID(), claims);
  }

  private static String sign(
      JWSAlgorithm algorithm, RSAKey signingKey, String name, JWTClaimsSet claims) {
    return sign(new JWSHeader.Builder(algorithm).keyID(name).build(), signingKey, claims);
  }

  private static String sign(JWSHeader header, RSAKey signingKey, JWTClaimsSet claims) {
    try {
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(new RSASSASigner(signingKey));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey newKey(String name) {
    try {
      return new RSAKeyGenerator(2048).keyID(name).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
