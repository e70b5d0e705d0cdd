package dev.countersign.ciba.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import dev.countersign.TestTls;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationAnswer.Accepted;
import dev.countersign.ciba.AuthenticationAnswer.Ambiguous;
import dev.countersign.ciba.AuthenticationAnswer.NotSent;
import dev.countersign.ciba.AuthenticationAnswer.Refused;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.GrantCheck.Invalid;
import dev.countersign.ciba.GrantCheck.Valid;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.TokenAnswer.Granted;
import dev.countersign.ciba.TokenAnswer.Unavailable;
import dev.countersign.ciba.Tokens;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientAuthentication.PrivateKeyJwt;
import dev.countersign.ciba.client.ClientSettings;
import dev.countersign.ciba.client.RequestSigning;
import dev.countersign.ciba.client.ResourceParameter;
import dev.countersign.ciba.key.Keys;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.ciba.key.SigningKey;
import dev.countersign.ciba.provider.ProviderMetadata;
import dev.countersign.clock.RemoteClock;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import mockwebserver3.RecordedRequest;
import okhttp3.ConnectionSpec;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.TlsVersion;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The FAPI-CIBA profile, and each way to get it wrong. */
class StrictProfileTest {
  private static final HeldCertificate SERVER_AUTHORITY = authority("Servers");
  private static final HeldCertificate CLIENT_AUTHORITY = authority("Clients");
  private static final HeldCertificate CERTIFICATE = certificate("agent", CLIENT_AUTHORITY);
  private static final Keys KEYS = Keys.rsa("c1");
  private static final SigningKey KEY = KEYS.signing(SigningAlgorithm.PS256);
  private static final ClientAuthentication ASSERTION = new PrivateKeyJwt(Provider.CLIENT_ID, KEY);
  private static final RequestSigning SIGNING = new RequestSigning(KEY, Duration.ofMinutes(5));

  private StrictProvider provider;

  @BeforeEach
  void startProvider() throws IOException {
    HeldCertificate server =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("localhost")
            .signedBy(SERVER_AUTHORITY)
            .build();
    provider = new StrictProvider(server, CLIENT_AUTHORITY, CERTIFICATE, KEYS);
  }

  @AfterEach
  void stopProvider() {
    provider.close();
  }

  @Test
  void grantedWhenAllIsRight() throws InterruptedException {
    BackchannelClient client = client(strict());

    AuthReqId asked = accepted(client.authenticate(Provider.ASKED));
    Tokens tokens = granted(client.token(asked));

    assertThat(client.check(tokens, Provider.ASKED, asked, Duration.ZERO))
        .isInstanceOf(Valid.class);
    assertThat(provider.mutualTls.takeRequest().getTarget()).isEqualTo("/bc-authorize");
    assertThat(provider.mutualTls.takeRequest().getTarget()).isEqualTo("/token");
    assertThat(provider.usual.takeRequest().getTarget()).isEqualTo("/jwks");
    assertThat(provider.usual.getRequestCount()).isEqualTo(1);
  }

  @Test
  void neverRepeatsAnIdHoweverOftenItPolls() {
    BackchannelClient client = client(strict());

    for (int i = 0; i < 3; i++) {
      AuthReqId asked = accepted(client.authenticate(Provider.ASKED));
      granted(client.token(asked));
      granted(client.token(asked));
    }
    assertThat(provider.mutualTls.getRequestCount()).isEqualTo(9);
  }

  @Test
  void providerTakesNoRequestTwice() throws InterruptedException, IOException {
    accepted(client(strict()).authenticate(Provider.ASKED));
    RecordedRequest sent = provider.mutualTls.takeRequest();

    RequestBody form =
        RequestBody.create(
            Objects.requireNonNull(sent.getBody()),
            MediaType.get("application/x-www-form-urlencoded"));
    Request again = new Request.Builder().url(sent.getUrl()).post(form).build();
    try (Response answer = TestTls.client(CERTIFICATE, SERVER_AUTHORITY).newCall(again).execute()) {
      assertThat(answer.code()).isEqualTo(401);
      assertThat(answer.body().string()).contains("used before");
    }
  }

  @Test
  void notSentWithoutACertificate() {
    assertNothingArrivesFrom(null);
  }

  @Test
  void notSentWithACertificateOfAnotherAuthority() {
    assertNothingArrivesFrom(certificate("agent", authority("Strangers")));
  }

  /** With TLS 1.3 the server may cut the connection before its refusal can be read. */
  private void assertNothingArrivesFrom(@Nullable HeldCertificate certificate) {
    OkHttpClient http = TestTls.client(certificate, SERVER_AUTHORITY);
    OkHttpClient tls12 =
        http.newBuilder()
            .connectionSpecs(
                List.of(
                    new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
                        .tlsVersions(TlsVersion.TLS_1_2)
                        .build()))
            .build();

    assertThat(client(strict(), tls12).authenticate(Provider.ASKED)).isInstanceOf(NotSent.class);
    assertThat(client(strict(), http).authenticate(Provider.ASKED))
        .isInstanceOfAny(NotSent.class, Ambiguous.class);
    assertThat(client(strict(), http).token(new AuthReqId("a1"))).isInstanceOf(Unavailable.class);
    assertThat(provider.mutualTls.getRequestCount()).isZero();
  }

  @Test
  void refusedWithTheCertificateOfAnotherClient() {
    HeldCertificate other = certificate("other", CLIENT_AUTHORITY);

    assertThat(
            client(strict(), TestTls.client(other, SERVER_AUTHORITY)).authenticate(Provider.ASKED))
        .isEqualTo(new Refused(401, "invalid_client", "not the client's certificate"));
  }

  @Test
  void notSentToAServerThatIsNotTrusted() {
    BackchannelClient client = client(strict(), TestTls.client(CERTIFICATE, authority("Others")));

    assertThat(client.authenticate(Provider.ASKED)).isInstanceOf(NotSent.class);
    assertThat(provider.mutualTls.getRequestCount()).isZero();
  }

  @Test
  void refusedWhereTheAddressForCertificatesIsNotUsed() {
    BackchannelClient client =
        new HttpBackchannelClient(
            TestTls.client(CERTIFICATE, SERVER_AUTHORITY),
            provider.metadata(),
            strict(),
            Provider.clock());

    assertThat(client.authenticate(Provider.ASKED))
        .isEqualTo(new Refused(401, "invalid_client", "no certificate"));
    assertThat(client.token(new AuthReqId("a1"))).isEqualTo(refusesTheClient("no certificate"));
  }

  @Test
  void refusedWithAnAssertionOfAnotherKey() {
    SigningKey another = Keys.rsa("c1").signing(SigningAlgorithm.PS256);

    assertAssertionRefused(another);
  }

  @Test
  void refusedWithAnAssertionOfAnotherAlgorithm() {
    assertAssertionRefused(KEYS.signing(SigningAlgorithm.RS256));
  }

  @Test
  void refusedWithAnAssertionOfAnotherKeyId() {
    assertAssertionRefused(
        SigningKey.read(KEYS.jwk().toJSONString(), "c2", SigningAlgorithm.PS256));
  }

  private void assertAssertionRefused(SigningKey key) {
    BackchannelClient client =
        client(settings(new PrivateKeyJwt(Provider.CLIENT_ID, key), SIGNING));
    String words = "the assertion is not signed with PS256 by the client's key";

    assertThat(client.authenticate(Provider.ASKED))
        .isEqualTo(new Refused(401, "invalid_client", words));
    assertThat(client.token(new AuthReqId("a1"))).isEqualTo(refusesTheClient(words));
  }

  private static TokenAnswer refusesTheClient(String words) {
    return new Unavailable(
        "the provider refuses this application, not the request (401 invalid_client, "
            + words
            + ")",
        null);
  }

  @Test
  void refusedByCertificateAlone() {
    assertThat(
            client(settings(new ClientAuthentication.TlsClientAuth(Provider.CLIENT_ID), SIGNING))
                .authenticate(Provider.ASKED))
        .isEqualTo(new Refused(401, "invalid_client", "no assertion"));
  }

  @Test
  void refusedWithoutARequestObject() {
    assertThat(client(settings(ASSERTION, null)).authenticate(Provider.ASKED))
        .isEqualTo(new Refused(400, "invalid_request", "parameters beside the request object"));
  }

  @Test
  void refusedWithARequestObjectOfAnotherKeyOrAlgorithm() {
    for (SigningKey key :
        new SigningKey[] {
          Keys.rsa("c1").signing(SigningAlgorithm.PS256),
          KEYS.signing(SigningAlgorithm.RS256),
          Keys.ec("c1").signing(SigningAlgorithm.ES256)
        }) {
      ClientSettings settings = settings(ASSERTION, new RequestSigning(key, Duration.ofMinutes(5)));

      assertThat(client(settings).authenticate(Provider.ASKED))
          .isEqualTo(
              new Refused(
                  400,
                  "invalid_request",
                  "the request object is not signed with PS256 by the client's key"));
    }
  }

  @Test
  void refusedWhenTheClocksAreApart() {
    for (Duration apart : new Duration[] {Duration.ofMinutes(-10), Duration.ofMinutes(10)}) {
      Clock clock = Clock.fixed(Provider.NOW.plus(apart), ZoneOffset.UTC);
      BackchannelClient client =
          new HttpBackchannelClient(
              TestTls.client(CERTIFICATE, SERVER_AUTHORITY),
              provider.metadata().forClientCertificate(),
              strict(),
              new RemoteClock(Provider.ISSUER, clock, Duration.ofMinutes(5)));

      assertThat(client.authenticate(Provider.ASKED))
          .isEqualTo(new Refused(401, "invalid_client", "not valid now"));
    }
  }

  @Test
  void refusedAtAnotherIssuer() {
    ProviderMetadata own = provider.metadata().forClientCertificate();
    ProviderMetadata renamed =
        new ProviderMetadata(
            "https://tenant.example.com",
            own.backchannelEndpoint(),
            own.tokenEndpoint(),
            null,
            null,
            own.jwksUri(),
            own.authMethods(),
            own.authAlgorithms(),
            own.requestAlgorithms(),
            own.idTokenAlgorithms(),
            own.deliveryModes(),
            own.userCodes());
    BackchannelClient client =
        new HttpBackchannelClient(
            TestTls.client(CERTIFICATE, SERVER_AUTHORITY), renamed, strict(), Provider.clock());

    assertThat(client.authenticate(Provider.ASKED))
        .isEqualTo(new Refused(401, "invalid_client", "for another provider"));
  }

  @Test
  void invalidWithAnIdTokenByRs256() {
    assertIdTokenInvalid(provider.signed(JWSAlgorithm.RS256));
  }

  @Test
  void invalidWithAnIdTokenThatIsNotSigned() {
    assertIdTokenInvalid(new PlainJWT(StrictProvider.idTokenClaims()).serialize());
  }

  @Test
  void invalidWithAnIdTokenByHs256WithThePublicKey() throws JOSEException {
    byte[] publicKey = provider.publicKey().toRSAPublicKey().getEncoded();

    assertIdTokenInvalid(provider.signed(JWSAlgorithm.HS256, new MACSigner(publicKey)));
  }

  private void assertIdTokenInvalid(String idToken) {
    BackchannelClient client = client(strict());
    provider.issues(idToken);

    AuthReqId asked = accepted(client.authenticate(Provider.ASKED));
    Tokens tokens = granted(client.token(asked));

    assertThat(tokens.idToken()).isEqualTo(idToken);
    assertThat(client.check(tokens, Provider.ASKED, asked, Duration.ZERO))
        .isInstanceOf(Invalid.class);
  }

  private static AuthReqId accepted(AuthenticationAnswer answer) {
    assertThat(answer).isInstanceOf(Accepted.class);
    return ((Accepted) answer).authReqId();
  }

  private static Tokens granted(TokenAnswer answer) {
    assertThat(answer).isInstanceOf(Granted.class);
    return ((Granted) answer).tokens();
  }

  private static ClientSettings strict() {
    return settings(ASSERTION, SIGNING);
  }

  private static ClientSettings settings(
      ClientAuthentication authentication, @Nullable RequestSigning signing) {
    return new ClientSettings(
        authentication, ResourceParameter.RESOURCE, signing, SigningAlgorithm.PS256, null);
  }

  private BackchannelClient client(ClientSettings settings) {
    return client(settings, TestTls.client(CERTIFICATE, SERVER_AUTHORITY));
  }

  private BackchannelClient client(ClientSettings settings, OkHttpClient http) {
    return new HttpBackchannelClient(
        http, provider.metadata().forClientCertificate(), settings, Provider.clock());
  }

  private static HeldCertificate authority(String name) {
    return new HeldCertificate.Builder().certificateAuthority(0).commonName(name).build();
  }

  private static HeldCertificate certificate(String name, HeldCertificate authority) {
    return new HeldCertificate.Builder().commonName(name).signedBy(authority).build();
  }
}
