package dev.countersign.app.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.countersign.TestIssuer;
import dev.countersign.guard.UserDigest;
import dev.countersign.payload.PayloadSeal;
import dev.countersign.vault.Vault;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DefaultDataConverter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who gets payloads opened, over real HTTP. */
@SpringBootTest(
    classes = TestCodecServer.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "countersign.oidc.client-id=app",
      "countersign.oidc.client-secret=hush",
      "countersign.temporal.address=127.0.0.1:1",
      "countersign.temporal.namespace=shop",
      "countersign.temporal.payloads.mode=sealed",
      "countersign.codec-server.audience=payloads",
      "countersign.codec-server.role-claim=realm_access.roles",
      "countersign.codec-server.role=temporal-reader",
      "countersign.codec-server.web-ui=https://temporal.example.com",
      "management.server.port=0"
    })
@ExtendWith(OutputCaptureExtension.class)
class CodecServerTest {
  private static final TestIssuer ISSUER = new TestIssuer("/");
  private static final TestIssuer OTHER = new TestIssuer("");
  private static final PayloadSeal SEAL =
      new PayloadSeal(Vault.withKeys(TestCodecServer.KEYS), "shop");

  @LocalServerPort private int port;
  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry registry) {
    registry.add("countersign.oidc.issuer", ISSUER::issuer);
  }

  @AfterAll
  static void close() {
    ISSUER.close();
    OTHER.close();
  }

  private static Payload plain(String text) {
    return DefaultDataConverter.newDefaultInstance().toPayload(text).orElseThrow();
  }

  private static String body(Payload... payloads) {
    try {
      return JsonFormat.printer()
          .print(Payloads.newBuilder().addAllPayloads(List.of(payloads)).build());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Payload> payloads(HttpResponse<String> answer)
      throws InvalidProtocolBufferException {
    Payloads.Builder payloads = Payloads.newBuilder();
    JsonFormat.parser().merge(answer.body(), payloads);
    return payloads.getPayloadsList();
  }

  private static JWTClaimsSet.Builder reader(JWTClaimsSet.Builder claims) {
    return claims
        .audience("payloads")
        .claim("realm_access", Map.of("roles", List.of("other", "temporal-reader")));
  }

  private HttpResponse<String> send(
      String method, String path, String token, String body, String... headers)
      throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(List.of("Content-Type", "application/json", "X-Namespace", "shop"));
    if (!token.isEmpty()) {
      all.addAll(List.of("Authorization", "Bearer " + token));
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(method, BodyPublishers.ofString(body))
            .headers(all.toArray(String[]::new));
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> decode(String token, String body, String... headers)
      throws IOException, InterruptedException {
    return send("POST", "/codec/decode", token, body, headers);
  }

  private static String operator() {
    return ISSUER.token("olga", CodecServerTest::reader);
  }

  @Test
  void opensWhatIsSealedForAnOperatorAndSaysSoInTheLog(CapturedOutput output) throws Exception {
    Payload foreign =
        new PayloadSeal(Vault.withKeys("k9:" + "A".repeat(43) + "="), "shop").seal(plain("lost"));

    HttpResponse<String> answer =
        decode(
            operator(),
            body(SEAL.seal(plain("a lamp")), plain("open"), foreign),
            "Origin",
            "https://temporal.example.com");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(payloads(answer)).containsExactly(plain("a lamp"), plain("open"), foreign);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://temporal.example.com");
    assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    assertThat(output.getAll())
        .contains("Opened 1 of 3 payloads for operator " + new UserDigest(new byte[32]).of("olga"))
        .doesNotContain("a lamp");
  }

  static Stream<Named<String>> strangers() {
    UnaryOperator<JWTClaimsSet.Builder> reader = CodecServerTest::reader;
    return Stream.of(
        Named.of("nobody", ""),
        Named.of("a user", ISSUER.token("alice")),
        Named.of(
            "a user with the role",
            ISSUER.token("alice", claims -> reader.apply(claims).audience("countersign"))),
        Named.of(
            "somebody whose token has ended",
            ISSUER.token(
                "olga",
                claims ->
                    reader
                        .apply(claims)
                        .expirationTime(Date.from(Instant.now().minusSeconds(3_600))))),
        Named.of("another issuer's operator", OTHER.token("olga", reader)));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void opensNothingForWhoeverIsNone(String token) throws Exception {
    HttpResponse<String> answer = decode(token, body(SEAL.seal(plain("a lamp"))));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  @Test
  void opensNothingForWhoeverLacksTheRole() throws Exception {
    String token =
        ISSUER.token(
            "alice",
            claims ->
                claims
                    .audience("payloads")
                    .claim("roles", List.of("temporal-reader"))
                    .claim("realm_access", Map.of("roles", List.of("temporal-reader-of-others"))));

    assertThat(decode(token, body(SEAL.seal(plain("a lamp")))).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "", "shop,default"})
  void opensNothingOfAnotherNamespace(String namespace) throws Exception {
    assertThat(decode(operator(), body(plain("x")), "X-Namespace", namespace).statusCode())
        .isEqualTo(403);
  }

  @Test
  void letsPagesOfTheWebUiAskAndNoOthers() throws Exception {
    String[] preflight = {
      "Origin",
      "https://temporal.example.com",
      "Access-Control-Request-Method",
      "POST",
      "Access-Control-Request-Headers",
      "authorization,authorization-extras,content-type,x-namespace"
    };
    HttpResponse<String> allowed = send("OPTIONS", "/codec/decode", "", "", preflight);
    assertThat(allowed.statusCode()).isEqualTo(200);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://temporal.example.com");
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Credentials")).contains("true");
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .containsIgnoringCase("authorization")
        .containsIgnoringCase("x-namespace");

    preflight[1] = "https://temporal.example.com.evil.example";
    HttpResponse<String> refused = send("OPTIONS", "/codec/decode", "", "", preflight);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(
            decode(operator(), body(SEAL.seal(plain("a lamp"))), "Origin", "https://evil.example")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void sealsNothingUnlessItIsSet() throws Exception {
    assertThat(send("POST", "/codec/encode", operator(), body(plain("x"))).statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"payloads\": 1}", "{\"payloads\": [{\"data\": \"%\"}]}"})
  void refusesWhatIsNoPayloads(String body) throws Exception {
    HttpResponse<String> answer = decode(operator(), body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void takesOneLargePayloadAndRefusesMoreThanItCouldKeep() throws Exception {
    String large = "x".repeat(2 * 1024 * 1024);

    HttpResponse<String> answer = decode(operator(), body(SEAL.seal(plain(large))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(payloads(answer)).containsExactly(plain(large));
    assertThat(decode(operator(), " ".repeat(8 * 1024 * 1024 + 1)).statusCode()).isEqualTo(413);
  }
}
