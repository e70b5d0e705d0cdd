package dev.countersign.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.TestIssuer;
import dev.countersign.autoconfigure.HttpClients;
import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.autoconfigure.TlsProperties;
import dev.countersign.clock.RemoteClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** How the keys of access tokens are got: what strangers and a strange issuer can't bring about. */
class IssuerKeysTest {
  private final TestIssuer issuer = new TestIssuer("");
  private final RemoteClock clock =
      new RemoteClock("the provider", Clock.systemUTC(), Duration.ofMinutes(5));

  @AfterEach
  void close() {
    issuer.close();
  }

  private JwtDecoder decoder(TlsProperties tls, String name) {
    ApiProperties api =
        new ApiProperties("countersign", "", false, SignatureAlgorithm.RS256, false);
    IssuerKeys keys = new IssuerKeys(name, IssuerRequests.by(HttpClients.of(tls).login(), clock));
    return new IssuerJwtDecoder(
        new OidcProperties(URI.create(name), "app", "hush"), api, keys, clock);
  }

  private JwtDecoder decoder() {
    return decoder(TlsProperties.NONE, issuer.issuer());
  }

  @Test
  void manyMadeUpNamesOfKeysAtOnceAreFewRequests() throws InterruptedException {
    JwtDecoder decoder = decoder();
    List<Callable<Boolean>> refusals =
        IntStream.range(0, 200)
            .mapToObj(number -> issuer.tokenOfMadeUpKey("mallory", "made-up-" + number))
            .map(token -> (Callable<Boolean>) () -> isRefused(decoder, token))
            .toList();

    try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(strangers.invokeAll(refusals)).allMatch(refused -> refused.resultNow());
    }

    assertThat(issuer.keyRequests()).isLessThanOrEqualTo(3);
    assertThat(decoder.decode(issuer.token("alice")).getSubject()).isEqualTo("alice");
  }

  private static boolean isRefused(JwtDecoder decoder, String token) {
    try {
      decoder.decode(token);
      return false;
    } catch (BadJwtException e) {
      return true;
    }
  }

  @Test
  void anIssuerThatDoesntAnswerIsntAskedForEachToken() {
    issuer.setDown(true);
    JwtDecoder decoder = decoder();

    for (int number = 0; number < 50; number++) {
      refuses(decoder);
    }
    assertThat(issuer.requests()).isLessThanOrEqualTo(4);
  }

  @Test
  void keysOnceFetchedServeWhileTheIssuerIsAway() {
    JwtDecoder decoder = decoder();
    decoder.decode(issuer.token("alice"));
    issuer.setDown(true);

    assertThat(decoder.decode(issuer.token("bob")).getSubject()).isEqualTo("bob");
  }

  @Test
  void noRedirectIsFollowed() {
    String keys = issuer.url("/jwks.json");
    issuer.says("jwks_uri", issuer.url("/moved"));
    issuer.answers(
        "/moved", _ -> new MockResponse.Builder().code(302).setHeader("Location", keys).build());

    refuses(decoder());
    assertThat(issuer.keyRequests()).isZero();
  }

  @Test
  void aDiscoveryDocumentIsReadFromNowhereElse() {
    issuer.answers(
        "/.well-known/openid-configuration",
        _ ->
            new MockResponse.Builder()
                .code(302)
                .setHeader("Location", issuer.url("/elsewhere"))
                .build());
    issuer.answers(
        "/elsewhere",
        _ ->
            TestIssuer.json(
                "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}"
                    .formatted(issuer.issuer(), issuer.url("/jwks.json"))));

    refuses(decoder());
  }

  @Test
  void anEndlessKeySetIsBrokenOff() {
    Buffer endless = new Buffer().writeUtf8("{\"keys\":[], \"more\":\"");
    endless.write(new byte[40 << 20]);
    long before = endless.size();
    issuer.answers(
        "/jwks.json",
        _ ->
            new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .chunkedBody(endless, 1 << 16)
                .build());

    assertThatThrownBy(() -> decoder().decode(issuer.token("alice")))
        .isInstanceOf(JwtException.class)
        .isNotInstanceOf(BadJwtException.class)
        .hasStackTraceContaining("longer than 1048576 bytes");
    assertThat(before).isGreaterThan(1 << 25);
  }

  @Test
  void keysAreNotFetchedInPlainText() {
    issuer.says("jwks_uri", "http://keys.example.com/jwks.json");

    assertThatThrownBy(() -> decoder().decode(issuer.token("alice")))
        .hasStackTraceContaining("must be an https URL");
  }

  @Test
  void theProvidersOwnAuthorityVouchesForIt(@TempDir Path folder) throws IOException {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    HeldCertificate server =
        new HeldCertificate.Builder()
            .signedBy(authority)
            .addSubjectAlternativeName("localhost")
            .build();
    Path trust = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
    try (MockWebServer secure = new MockWebServer()) {
      secure.useHttps(
          new HandshakeCertificates.Builder().heldCertificate(server).build().sslSocketFactory());
      secure.start();
      String name = "https://localhost:" + secure.getPort();
      for (int request = 0; request < 2; request++) {
        secure.enqueue(
            TestIssuer.json(
                "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}"
                    .formatted(name, issuer.url("/jwks.json"))));
      }
      TlsProperties tls = new TlsProperties(null, null, null, "", trust);
      String token = issuer.token("alice", claims -> claims.issuer(name));

      assertThat(decoder(tls, name).decode(token).getSubject()).isEqualTo("alice");
      assertThatThrownBy(() -> decoder(TlsProperties.NONE, name).decode(token))
          .isInstanceOf(JwtException.class);
    }
  }

  private void refuses(JwtDecoder decoder) {
    assertThatThrownBy(() -> decoder.decode(issuer.token("alice")))
        .isInstanceOf(JwtException.class)
        .isNotInstanceOf(BadJwtException.class);
  }
}
