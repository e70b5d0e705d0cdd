package dev.countersign.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.countersign.ciba.AuthenticationAnswer.Accepted;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.settings.InvalidSettingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** From settings and discovery document to the requests that the provider gets. */
class StrictSettingsTest {
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).build();
  private static final HeldCertificate SERVER =
      new HeldCertificate.Builder()
          .signedBy(AUTHORITY)
          .addSubjectAlternativeName("localhost")
          .build();
  private static final HeldCertificate CLIENT =
      new HeldCertificate.Builder().signedBy(AUTHORITY).commonName("agent").rsa2048().build();

  @TempDir Path directory;
  @StartStop private final MockWebServer server = new MockWebServer();
  private final Map<String, String> settings = new HashMap<>();

  @BeforeEach
  void startProvider() throws IOException {
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(SERVER)
            .addTrustedCertificate(AUTHORITY.certificate())
            .build()
            .sslSocketFactory());
    server.requestClientAuth();
    settings.put("countersign.ciba.profile", "fapi-ciba");
    settings.put(
        "countersign.ciba.client-key.file", file("client-key.pem", CLIENT.privateKeyPkcs8Pem()));
    settings.put("countersign.ciba.tls.trust", file("authority.pem", AUTHORITY.certificatePem()));
  }

  @Test
  void strictProfileSignsAndUsesTheAddressesForItsCertificate() throws Exception {
    settings.put("countersign.ciba.tls.certificate", file("client.pem", CLIENT.certificatePem()));
    settings.put("countersign.ciba.tls.key", file("tls-key.pem", CLIENT.privateKeyPkcs8Pem()));

    RecordedRequest sent = asked();

    assertThat(sent.getTarget()).isEqualTo("/mtls/bc-authorize");
    assertThat(Objects.requireNonNull(sent.getHandshake()).peerCertificates())
        .contains(CLIENT.certificate());
  }

  @Test
  void strictProfileUsesTheUsualAddressesWithoutACertificate() throws Exception {
    assertThat(asked().getTarget()).isEqualTo("/bc-authorize");
  }

  @Test
  void settingsThatTheProviderCanNotMeetStopTheStart() {
    settings.put("countersign.ciba.user-codes", "true");
    settings.put("countersign.ciba.id-token-algorithm", "es256");
    server.enqueue(discovery());

    assertThatThrownBy(this::client)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll("takes no user codes", "PS256, but ES256 was chosen");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  /** The one request that asks the user, with all that the strict profile demands in its form. */
  private RecordedRequest asked() throws Exception {
    server.enqueue(discovery());
    server.enqueue(json("{\"auth_req_id\":\"a\",\"expires_in\":300}"));

    assertThat(client().authenticate(CibaAutoConfigurationTest.REQUEST))
        .isInstanceOf(Accepted.class);

    assertThat(server.takeRequest().getTarget()).isEqualTo("/.well-known/openid-configuration");
    RecordedRequest sent = server.takeRequest();
    Map<String, List<String>> form =
        URLUtils.parseParameters(Objects.requireNonNull(sent.getBody()).utf8());
    assertThat(form)
        .containsOnlyKeys("request", "client_id", "client_assertion", "client_assertion_type");
    for (String field : List.of("request", "client_assertion")) {
      SignedJWT jwt = SignedJWT.parse(form.getOrDefault(field, List.of("")).getFirst());
      assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.PS256);
      assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly(issuer());
    }
    return sent;
  }

  private BackchannelClient client() {
    TlsProperties tls = bind("countersign.ciba.tls", TlsProperties.class);
    return new CibaAutoConfiguration()
        .countersignBackchannelClient(
            HttpClients.of(tls),
            bind("countersign.ciba", CibaProperties.class),
            bind("countersign.ciba.client-key", ClientKeyProperties.class),
            tls,
            new OidcProperties(URI.create(issuer()), "agent", ""),
            new RemoteClocks(Clock.systemUTC(), Duration.ofMinutes(5)));
  }

  private <T> T bind(String prefix, Class<T> record) {
    return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, record);
  }

  private MockResponse discovery() {
    return json(
        """
        {"issuer":"%1$s",
         "backchannel_authentication_endpoint":"%1$s/bc-authorize",
         "token_endpoint":"%1$s/token",
         "jwks_uri":"%1$s/jwks",
         "mtls_endpoint_aliases":{
           "backchannel_authentication_endpoint":"%1$s/mtls/bc-authorize",
           "token_endpoint":"%1$s/mtls/token"},
         "token_endpoint_auth_methods_supported":["private_key_jwt"],
         "backchannel_authentication_request_signing_alg_values_supported":["PS256"],
         "id_token_signing_alg_values_supported":["PS256"],
         "backchannel_token_delivery_modes_supported":["poll"]}
        """
            .formatted(issuer()));
  }

  private static MockResponse json(String body) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }

  private String issuer() {
    return "https://localhost:" + server.getPort();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
