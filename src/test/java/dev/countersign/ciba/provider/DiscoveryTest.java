package dev.countersign.ciba.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.ciba.http.Provider;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @StartStop private final MockWebServer server = new MockWebServer();
  private final OkHttpClient http = new OkHttpClient();

  @ParameterizedTest
  @ValueSource(strings = {"/", "", "/realms/countersign", "/realms/countersign/"})
  void foundUnderTheIssuersPath(String path) throws InterruptedException {
    String issuer = base() + path;
    enqueue(document(issuer));

    assertThat(discover(issuer, NONE))
        .isEqualTo(
            new ProviderMetadata(
                issuer,
                server.url("/bc-authorize").uri(),
                server.url("/oauth/token").uri(),
                null,
                null,
                server.url("/jwks.json").uri(),
                List.of("client_secret_post", "private_key_jwt"),
                List.of(),
                List.of(),
                List.of(),
                List.of("poll", "ping"),
                false));
    assertThat(server.takeRequest().getTarget())
        .isEqualTo(path.replaceAll("/$", "") + "/.well-known/openid-configuration");
  }

  @Test
  void foundWithAllThatAProviderMaySay() {
    enqueue(
        with(
            """
            "token_endpoint_auth_signing_alg_values_supported":["PS256","ES256"],
            "backchannel_authentication_request_signing_alg_values_supported":["ES256"],
            "id_token_signing_alg_values_supported":["RS256","PS256"],
            "backchannel_user_code_parameter_supported":true,
            "mtls_endpoint_aliases":{
              "backchannel_authentication_endpoint":"%1$s/mtls/bc-authorize",
              "token_endpoint":"%1$s/mtls/token",
              "userinfo_endpoint":"%1$s/mtls/userinfo"},
            "authorization_endpoint":12,"response_types_supported":null,"unknown":{}\
            """));

    ProviderMetadata found = discover(issuer(), NONE);

    assertThat(found.authAlgorithms()).containsExactly("PS256", "ES256");
    assertThat(found.requestAlgorithms()).containsExactly("ES256");
    assertThat(found.idTokenAlgorithms()).containsExactly("RS256", "PS256");
    assertThat(found.userCodes()).isTrue();
    assertThat(found.mtlsBackchannelEndpoint()).isEqualTo(server.url("/mtls/bc-authorize").uri());
    assertThat(found.mtlsTokenEndpoint()).isEqualTo(server.url("/mtls/token").uri());
    assertThat(found.tokenEndpoint()).isEqualTo(server.url("/oauth/token").uri());
  }

  @ParameterizedTest
  @CsvSource({
    "token_endpoint,            /bc-authorize, /mtls",
    "backchannel_authentication_endpoint, /mtls, /oauth/token"
  })
  void eachAddressForCertificatesMayBeMissing(String alias, String backchannel, String token) {
    enqueue(with("\"mtls_endpoint_aliases\":{\"" + alias + "\":\"%1$s/mtls\"}"));

    ProviderMetadata found = discover(issuer(), NONE).forClientCertificate();

    assertThat(found.backchannelEndpoint()).isEqualTo(server.url(backchannel).uri());
    assertThat(found.tokenEndpoint()).isEqualTo(server.url(token).uri());
  }

  @ParameterizedTest
  @ValueSource(strings = {"backchannel_authentication_endpoint", "token_endpoint"})
  void refusedWhenAnAddressForCertificatesIsNotSecure(String alias) {
    enqueue(with("\"mtls_endpoint_aliases\":{\"" + alias + "\":\"ftp://example.com/x\"}"));

    assertThatThrownBy(() -> discover(issuer(), PATIENCE))
        .isInstanceOf(DiscoveryException.class)
        .hasMessageContainingAll("\"ftp://example.com/x\"", "mtls_endpoint_aliases." + alias);
  }

  @Test
  void membersThatAreNullAreAbsent() {
    enqueue(
        with(
            """
            "token_endpoint_auth_signing_alg_values_supported":null,
            "backchannel_user_code_parameter_supported":null,
            "mtls_endpoint_aliases":{"token_endpoint":null}\
            """));

    ProviderMetadata found = discover(issuer(), NONE);

    assertThat(found.authAlgorithms()).isEmpty();
    assertThat(found.userCodes()).isFalse();
    assertThat(found.mtlsTokenEndpoint()).isNull();

    enqueue(document(issuer()).replace("\"" + base() + "/bc-authorize\"", "null"));
    assertThatThrownBy(() -> discover(issuer(), NONE))
        .isInstanceOf(DiscoveryException.class)
        .hasMessageContaining("names no backchannel_authentication_endpoint");
  }

  @Test
  void foundWithoutPollMode() {
    enqueue(document(issuer()).replace("\"poll\",", ""));

    assertThat(discover(issuer(), NONE).deliveryModes()).containsExactly("ping");
  }

  @Test
  void nothingIsFetchedBeforeItIsAskedFor() {
    Discovery discovery = new Discovery(http, issuer(), Provider.clock());
    assertThat(server.getRequestCount()).isZero();

    enqueue(document(issuer()));
    enqueue(document(issuer()));
    assertThat(discovery.discover(NONE)).isEqualTo(discovery.discover(NONE));
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void foundAfterTroubles() {
    server.enqueue(new MockResponse.Builder().code(503).build());
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    enqueue(document(issuer()));

    assertThat(discover(issuer(), PATIENCE).issuer()).isEqualTo(issuer());
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void givesUpWithASentenceWhenThePatienceIsOver() {
    server.enqueue(new MockResponse.Builder().code(503).build());

    assertThatThrownBy(() -> discover(issuer(), NONE))
        .isInstanceOf(DiscoveryException.class)
        .hasMessage(
            "The provider %s could not be reached within 0 s (status 503): check the issuer, and"
                + " that the provider is up",
            issuer());
  }

  @Test
  void givesUpWithASentenceWhenTheProviderIsDown() {
    String issuer = issuer();
    server.close();

    assertThatThrownBy(() -> discover(issuer, Duration.ofMillis(600)))
        .isInstanceOf(DiscoveryException.class)
        .hasMessageContainingAll(issuer, "could not be reached", "check the issuer");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 401, 404})
  void refusedAtOnceWhenThereIsNoProvider(int status) {
    server.enqueue(
        new MockResponse.Builder().code(status).addHeader("Location", "/elsewhere").build());

    assertThatThrownBy(() -> discover(issuer(), PATIENCE))
        .isInstanceOf(DiscoveryException.class)
        .hasMessageContainingAll("no OpenID provider at " + issuer(), "status " + status);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void refusedWhenTheDocumentIsNoJsonObject() {
    enqueue("<html>");

    assertThatThrownBy(() -> discover(issuer(), PATIENCE))
        .isInstanceOf(DiscoveryException.class)
        .hasMessageContaining("no JSON object");
  }

  @Test
  void refusedWhenTheIssuerIsNotTheConfiguredOne() {
    enqueue(document(base()));

    assertThatThrownBy(() -> discover(issuer(), PATIENCE))
        .isInstanceOf(DiscoveryException.class)
        .hasMessage(
            "The provider at %s calls itself \"%s\": set the issuer to exactly that if it is the"
                + " right one",
            issuer(), base());
  }

  @ParameterizedTest
  @ValueSource(strings = {"backchannel_authentication_endpoint", "token_endpoint", "jwks_uri"})
  void refusedWhenAnEndpointIsMissing(String member) {
    enqueue(document(issuer()).replace(member, "other"));

    assertThatThrownBy(() -> discover(issuer(), PATIENCE))
        .isInstanceOf(DiscoveryException.class)
        .hasMessageContainingAll(issuer(), "names no " + member, "switch CIBA on");
  }

  @Test
  void refusedWhenAnEndpointIsNoSecureAddress() {
    enqueue(document(issuer()).replace(base() + "/oauth/token", "ftp://example.com/token"));

    assertThatThrownBy(() -> discover(issuer(), PATIENCE))
        .isInstanceOf(DiscoveryException.class)
        .hasMessageContainingAll("ftp://example.com/token", "token_endpoint");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"backchannel_authentication_endpoint\"",
        "\"token_endpoint\"",
        "\"jwks_uri\"",
        "\"mtls_endpoint_aliases\":{\"token_endpoint\""
      })
  void refusedWhenAnAddressIsWeakerThanTheIssuers(String member) {
    HandshakeCertificates certificates = certificates();
    server.useHttps(certificates.sslSocketFactory());
    String issuer = "https://" + server.getHostName() + ":" + server.getPort() + "/";
    String secure = document(issuer).replace(base(), issuer.substring(0, issuer.length() - 1));
    String weaker = member + ":\"http://" + server.getHostName() + "/weak\"";
    enqueue(
        member.contains("{")
            ? secure.strip().replaceFirst("}$", "," + weaker + "}}")
            : secure.replaceFirst(member + ":\"[^\"]*\"", weaker));
    OkHttpClient trusting =
        http.newBuilder()
            .sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager())
            .build();

    assertThatThrownBy(() -> new Discovery(trusting, issuer, Provider.clock()).discover(NONE))
        .isInstanceOf(DiscoveryException.class)
        .hasMessageContainingAll("/weak\"", "no secure address");
  }

  /** A URI may have it, but nothing can be sent there. */
  @ParameterizedTest
  @ValueSource(strings = {"https://host.example:99999/token", "https://[fe80::1%25eth0]/token"})
  void refusesAnEndpointThatCannotBeCalled(String endpoint) {
    enqueue(
        document(base() + "/")
            .replaceFirst(
                "\"token_endpoint\":\"[^\"]*\"", "\"token_endpoint\":\"" + endpoint + '"'));

    assertThatThrownBy(() -> new Discovery(http, base() + "/", Provider.clock()).discover(NONE))
        .isInstanceOf(DiscoveryException.class)
        .hasMessageContainingAll(endpoint, "token_endpoint", "no secure address");
  }

  @Test
  void basicAuthenticationWhenTheProviderNamesNone() {
    enqueue(document(issuer()).replace("token_endpoint_auth_methods_supported", "other"));

    assertThat(discover(issuer(), NONE).authMethods()).containsExactly("client_secret_basic");
  }

  @Test
  void refusedWhenTheIssuerIsNoAddress() {
    assertThatThrownBy(() -> new Discovery(http, "tenant.example.com", Provider.clock()))
        .isInstanceOf(DiscoveryException.class)
        .hasMessageContaining("\"tenant.example.com\" is no address");
  }

  private HandshakeCertificates certificates() {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName(server.getHostName()).build();
    return new HandshakeCertificates.Builder()
        .heldCertificate(certificate)
        .addTrustedCertificate(certificate.certificate())
        .build();
  }

  private ProviderMetadata discover(String issuer, Duration patience) {
    return new Discovery(http, issuer, Provider.clock()).discover(patience);
  }

  private void enqueue(String document) {
    server.enqueue(Provider.json(200, document).build());
  }

  private String issuer() {
    return base() + "/";
  }

  private String base() {
    return "http://" + server.getHostName() + ":" + server.getPort();
  }

  /** The document, with more members in which the server's address may stand. */
  private String with(String members) {
    String document = document(issuer()).strip();
    return document.substring(0, document.length() - 1) + "," + members.formatted(base()) + "}";
  }

  /** Without authorization_endpoint, response_types_supported and subject_types_supported. */
  private String document(String issuer) {
    return """
    {"issuer":"%s",
     "backchannel_authentication_endpoint":"%2$s/bc-authorize",
     "token_endpoint":"%2$s/oauth/token",
     "jwks_uri":"%2$s/jwks.json",
     "token_endpoint_auth_methods_supported":["client_secret_post","private_key_jwt"],
     "backchannel_token_delivery_modes_supported":["poll","ping"]}
    """
        .formatted(issuer, base());
  }
}
