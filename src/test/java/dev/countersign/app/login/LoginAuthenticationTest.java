package dev.countersign.app.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.countersign.TestTls;
import dev.countersign.app.login.LoginAuthentication.AsForApprovals;
import dev.countersign.app.login.LoginAuthentication.AsOffered;
import dev.countersign.app.login.LoginAuthentication.None;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientAuthentication.ClientSecretBasic;
import dev.countersign.ciba.client.ClientAuthentication.ClientSecretPost;
import dev.countersign.ciba.client.ClientAuthentication.PrivateKeyJwt;
import dev.countersign.ciba.client.ClientAuthentication.SelfSignedTlsClientAuth;
import dev.countersign.ciba.client.ClientAuthentication.TlsClientAuth;
import dev.countersign.ciba.client.ClientSecret;
import dev.countersign.ciba.key.Keys;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.ciba.key.SigningKey;
import dev.countersign.clock.RemoteClock;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Each way in which the client proves itself when it redeems a code. */
class LoginAuthenticationTest {
  private static final RemoteClock CLOCK =
      new RemoteClock("the provider", Clock.systemUTC(), Duration.ofMinutes(5));

  private static final ClientSecret SECRET = new ClientSecret("hush");

  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).build();
  private static final HeldCertificate SERVER =
      new HeldCertificate.Builder()
          .signedBy(AUTHORITY)
          .addSubjectAlternativeName("localhost")
          .build();
  private static final HeldCertificate CLIENT =
      new HeldCertificate.Builder().signedBy(AUTHORITY).commonName("agent").build();

  @StartStop private final MockWebServer server = new MockWebServer();
  @StartStop private final MockWebServer tlsServer = new MockWebServer();
  private final Map<String, Object> offers = new TreeMap<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          client_secret_post,client_secret_basic,none | Basic YXBwOmh1c2g=
                                                      | Basic YXBwOmh1c2g=
          tls_client_auth                             | Basic YXBwOmh1c2g=
          private_key_jwt,client_secret_post          |
          """)
  void secretIsSentAsOffered(@Nullable String methods, @Nullable String header) {
    if (methods != null) {
      offers.put("token_endpoint_auth_methods_supported", Arrays.asList(methods.split(",")));
    }
    RecordedRequest request = redeemed(new AsOffered("app", SECRET));
    assertThat(request.getHeaders().get("Authorization")).isEqualTo(header);
    assertThat(form(request).get("client_secret")).isEqualTo(header == null ? "hush" : null);
    assertThat(form(request)).containsEntry("code_verifier", "the-verifier");
  }

  @Test
  void secretIsSentAsTheSettingsSayWhateverIsOffered() {
    offers.put("token_endpoint_auth_methods_supported", List.of("none"));
    RecordedRequest basic = redeemed(new AsForApprovals(new ClientSecretBasic("app", SECRET)));
    assertThat(basic.getHeaders().get("Authorization")).isEqualTo("Basic YXBwOmh1c2g=");
    assertThat(form(basic)).doesNotContainKeys("client_id", "client_secret");

    RecordedRequest post = redeemed(new AsForApprovals(new ClientSecretPost("app", SECRET)));
    assertThat(post.getHeaders().get("Authorization")).isNull();
    assertThat(form(post)).containsEntry("client_id", "app").containsEntry("client_secret", "hush");
  }

  @Test
  void clientWithoutSecretNamesItselfOnly() {
    RecordedRequest request = redeemed(new None("app"));
    assertThat(request.getHeaders().get("Authorization")).isNull();
    assertThat(form(request))
        .containsEntry("client_id", "app")
        .containsEntry("code_verifier", "the-verifier")
        .doesNotContainKey("client_secret");
  }

  @Test
  void assertionIsMadeAnewForEachRequest() {
    Keys keys = Keys.ec("k1");
    SigningKey key = keys.signing(SigningAlgorithm.ES256);
    LoginAuthentication assertion = new AsForApprovals(new PrivateKeyJwt("app", key));
    Map<String, String> first = form(redeemed(assertion));
    assertThat(first)
        .containsEntry("client_id", "app")
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        .doesNotContainKey("client_secret");
    JWTClaimsSet claims = claims(first, keys);
    assertThat(claims.getIssuer()).isEqualTo("app");
    assertThat(claims.getSubject()).isEqualTo("app");
    assertThat(claims.getAudience()).containsExactly(issuer());
    assertThat(claims.getJWTID()).isNotEqualTo(claims(form(redeemed(assertion)), keys).getJWTID());
  }

  private static JWTClaimsSet claims(Map<String, String> form, Keys keys) {
    return keys.verified(
        Objects.requireNonNull(form.get("client_assertion")), SigningAlgorithm.ES256);
  }

  static List<ClientAuthentication> certificates() {
    return List.of(new TlsClientAuth("app"), new SelfSignedTlsClientAuth("app"));
  }

  @ParameterizedTest
  @MethodSource("certificates")
  void certificateIsShownAtTheEndpointForCertificates(ClientAuthentication authentication)
      throws InterruptedException {
    tlsServer.useHttps(TestTls.certificates(SERVER, AUTHORITY).sslSocketFactory());
    tlsServer.requestClientAuth();
    offers.put(
        "mtls_endpoint_aliases",
        Map.of("token_endpoint", "https://localhost:" + tlsServer.getPort() + "/mtls/token"));
    tlsServer.enqueue(tokens());
    HttpClient showing =
        HttpClient.newBuilder()
            .sslContext(TestTls.certificates(CLIENT, AUTHORITY).sslContext())
            .build();
    redeem(new LoginClient(new AsForApprovals(authentication), true, null, showing, CLOCK));

    RecordedRequest request = tlsServer.takeRequest();
    assertThat(request.getUrl().encodedPath()).isEqualTo("/mtls/token");
    assertThat(Objects.requireNonNull(request.getHandshake()).peerPrincipal())
        .hasToString("CN=agent");
    assertThat(form(request)).containsEntry("client_id", "app").doesNotContainKey("client_secret");
  }

  @Test
  void noneShowsItsSecret() {
    assertThat(
            List.of(
                new AsOffered("app", SECRET),
                new AsForApprovals(new ClientSecretBasic("app", SECRET)),
                new AsForApprovals(new ClientSecretPost("app", SECRET))))
        .allSatisfy(one -> assertThat(one.toString()).doesNotContain("hush"));
  }

  private RecordedRequest redeemed(LoginAuthentication authentication) {
    try {
      return redeem(
          new LoginClient(authentication, false, null, HttpClient.newHttpClient(), CLOCK));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Redeems a code; the last request that the provider got without a certificate. */
  private RecordedRequest redeem(LoginClient client) throws InterruptedException {
    server.enqueue(json(discovery()));
    server.enqueue(tokens());
    JdkClientHttpRequestFactory http = new JdkClientHttpRequestFactory(client.http());
    ClientRegistration registration =
        Objects.requireNonNull(
            new DiscoveredClientRegistrationRepository(issuer(), client, http, Clock.systemUTC())
                .findByRegistrationId("countersign"));
    TokenRequests.of(client, issuer(), http)
        .getTokenResponse(new OAuth2AuthorizationCodeGrantRequest(registration, exchange()));
    RecordedRequest discovery = server.takeRequest();
    return client.showsCertificate() ? discovery : server.takeRequest();
  }

  private static OAuth2AuthorizationExchange exchange() {
    String redirect = "http://localhost/login/oauth2/code/countersign";
    return new OAuth2AuthorizationExchange(
        OAuth2AuthorizationRequest.authorizationCode()
            .authorizationUri("http://localhost/authorize")
            .clientId("app")
            .redirectUri(redirect)
            .state("s")
            .attributes(Map.of("code_verifier", "the-verifier"))
            .build(),
        OAuth2AuthorizationResponse.success("the-code").redirectUri(redirect).state("s").build());
  }

  private String issuer() {
    return "http://localhost:" + server.getPort();
  }

  private Map<String, Object> discovery() {
    Map<String, Object> document = new TreeMap<>(offers);
    document.put("issuer", issuer());
    document.put("authorization_endpoint", issuer() + "/authorize");
    document.put("token_endpoint", issuer() + "/token");
    document.put("jwks_uri", issuer() + "/jwks");
    document.put("subject_types_supported", List.of("public"));
    document.put("response_types_supported", List.of("code"));
    return document;
  }

  private static MockResponse tokens() {
    return json(Map.of("access_token", "a", "token_type", "Bearer", "id_token", "i"));
  }

  private static MockResponse json(Map<String, Object> body) {
    return new MockResponse.Builder()
        .setHeader("Content-Type", "application/json")
        .body(JsonMapper.shared().writeValueAsString(body))
        .build();
  }

  private static Map<String, String> form(RecordedRequest request) {
    return UriComponentsBuilder.fromUriString(
            "?" + Objects.requireNonNull(request.getBody()).utf8().replace("%3A", ":"))
        .build()
        .getQueryParams()
        .toSingleValueMap();
  }
}
