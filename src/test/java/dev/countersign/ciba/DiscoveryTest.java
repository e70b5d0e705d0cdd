package dev.countersign.ciba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @StartStop private final MockWebServer server = new MockWebServer();
  private final OkHttpClient http = new OkHttpClient();

  @ParameterizedTest
  @ValueSource(strings = {"/", "", "/realms/countersign"})
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
        .isEqualTo((path.equals("/") ? "" : path) + "/.well-known/openid-configuration");
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

  @Test
  void refusedWhenThereIsNoPollMode() {
    enqueue(document(issuer()).replace("\"poll\",", ""));

    assertThatThrownBy(() -> discover(issuer(), PATIENCE))
        .isInstanceOf(DiscoveryException.class)
        .hasMessageContainingAll(issuer(), "\"poll\"", "[ping]");
  }

  @Test
  void basicAuthenticationWhenTheProviderNamesNone() {
    enqueue(document(issuer()).replace("token_endpoint_auth_methods_supported", "other"));

    assertThat(discover(issuer(), NONE).authMethods()).containsExactly("client_secret_basic");
  }

  @Test
  void refusedWhenTheIssuerIsNoAddress() {
    assertThatThrownBy(() -> new Discovery(http, "tenant.example.com"))
        .isInstanceOf(DiscoveryException.class)
        .hasMessageContaining("\"tenant.example.com\" is no address");
  }

  private ProviderMetadata discover(String issuer, Duration patience) {
    return new Discovery(http, issuer).discover(patience);
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
