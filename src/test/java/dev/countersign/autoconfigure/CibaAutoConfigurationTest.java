package dev.countersign.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.ExpectedUser;
import dev.countersign.ciba.UserHint;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.settings.InvalidSettingException;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The client of the settings, and what start-up says when there can be none. */
public class CibaAutoConfigurationTest {
  private static final HeldCertificate RSA = new HeldCertificate.Builder().rsa2048().build();
  public static final AuthenticationRequest REQUEST =
      new AuthenticationRequest(
          new UserHint.LoginHint("alice"),
          new ExpectedUser("sub", "alice"),
          "Do you want to buy 2 headphones",
          List.of("openid", "product:buy"),
          "https://shop.example.com/api",
          null,
          Duration.ofMinutes(5),
          List.of(),
          null,
          null);

  @TempDir Path directory;
  @StartStop private final MockWebServer provider = new MockWebServer();

  @Test
  void saysThatTheKeyFileIsMissing() {
    Path missing = directory.resolve("missing.pem");

    assertThatThrownBy(() -> client("profile=fapi-ciba", "client-key.file=" + missing))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "countersign.ciba.client-key.file (CIBA_CLIENT_KEY) can't be read: " + missing + ".");
    assertThat(provider.getRequestCount()).isZero();
  }

  @Test
  void saysThatTheKeyFileIsWrongAndShowsNothingOfIt() throws IOException {
    Path wrong = Files.writeString(directory.resolve("key.pem"), "hush hush");

    assertThatThrownBy(() -> client("profile=fapi-ciba", "client-key.file=" + wrong))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("The key of countersign.ciba.client-key.file (CIBA_CLIENT_KEY) ")
        .hasMessageNotContaining("hush");
  }

  @Test
  void signsWithPs256WhereRequestsAreSignedWithAnRsaKey() throws Exception {
    discovered("\"token_endpoint_auth_methods_supported\": [\"private_key_jwt\"]");
    Map<String, String> form =
        asked(client("profile=fapi-ciba", "client-key.file=" + rsaKey(), "client-key.id=k1"));

    SignedJWT request = SignedJWT.parse(form.get("request"));
    assertThat(request.getHeader().getAlgorithm().getName()).isEqualTo("PS256");
    assertThat(request.getHeader().getKeyID()).isEqualTo("k1");
    assertThat(SignedJWT.parse(form.get("client_assertion")).getHeader().getAlgorithm().getName())
        .isEqualTo("PS256");
  }

  @Test
  void signsAssertionsWithRs256Otherwise() throws Exception {
    discovered("\"token_endpoint_auth_methods_supported\": [\"private_key_jwt\"]");
    Map<String, String> form =
        asked(client("client-authentication=private_key_jwt", "client-key.file=" + rsaKey()));

    assertThat(form).doesNotContainKey("request");
    assertThat(SignedJWT.parse(form.get("client_assertion")).getHeader().getAlgorithm().getName())
        .isEqualTo("RS256");
  }

  @Test
  void asksAtTheAliasesOnlyWithACertificate() throws Exception {
    String offers =
        "\"token_endpoint_auth_methods_supported\": [\"client_secret_basic\"],"
            + " \"mtls_endpoint_aliases\":"
            + " {\"backchannel_authentication_endpoint\": \"%1$s/mtls\"}";
    discovered(offers);
    asked(client());
    assertThat(target).isEqualTo("/bc-authorize");

    discovered(offers);
    Path certificate = Files.writeString(directory.resolve("c.pem"), RSA.certificatePem());
    asked(client("tls.certificate=" + certificate, "tls.key=" + rsaKey()));
    assertThat(target).isEqualTo("/mtls");
  }

  @Test
  void saysWhatTheProviderDoesNotOfferAndWhichSettingsChooseIt() {
    discovered("\"token_endpoint_auth_methods_supported\": [\"client_secret_post\"]");

    assertThatThrownBy(() -> client("delivery-mode=ping", "id-token-algorithm=ES256"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("client_secret_post, but client_secret_basic was chosen.")
        .hasMessageContaining("poll, but ping was chosen.")
        .hasMessageContaining("CIBA_CLIENT_AUTHENTICATION")
        .hasMessageContaining("CIBA_DELIVERY_MODE");
  }

  private String target = "";

  private void discovered(String offers) {
    String issuer = issuer();
    provider.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "application/json")
            .body(
                ("""
                {"issuer": "%1$s", "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/jwks",
                 "backchannel_authentication_endpoint": "%1$s/bc-authorize",
                 "backchannel_token_delivery_modes_supported": ["poll"],
                 "backchannel_authentication_request_signing_alg_values_supported": ["PS256"],
                """
                        + offers
                        + "}")
                    .formatted(issuer))
            .build());
  }

  private String issuer() {
    return "http://localhost:" + provider.getPort();
  }

  private Path rsaKey() throws IOException {
    return Files.writeString(directory.resolve("rsa.pem"), RSA.privateKeyPkcs8Pem());
  }

  private BackchannelClient client(String... settings) {
    Map<String, String> properties = new HashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      properties.put(
          "countersign.ciba." + setting.substring(0, equals), setting.substring(equals + 1));
    }
    TlsProperties tls = bind(TlsProperties.class, properties);
    return new CibaAutoConfiguration()
        .countersignBackchannelClient(
            HttpClients.of(tls),
            bind(CibaProperties.class, properties),
            bind(ClientKeyProperties.class, properties),
            tls,
            new OidcProperties(URI.create(issuer()), "agent", "secret"),
            new RemoteClocks(Clock.systemUTC(), Duration.ofMinutes(5)));
  }

  private static <T> T bind(Class<T> record, Map<String, String> properties) {
    String prefix = record.getAnnotation(ConfigurationProperties.class).value();
    return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, record);
  }

  /** The form of a request for approval, which is refused. */
  private Map<String, String> asked(BackchannelClient client) throws InterruptedException {
    provider.enqueue(new MockResponse.Builder().code(400).build());
    client.authenticate(REQUEST);
    provider.takeRequest(); // discovery
    RecordedRequest request = provider.takeRequest();
    target = Objects.requireNonNull(request.getTarget());
    Map<String, String> form = new HashMap<>();
    for (String field : Objects.requireNonNull(request.getBody()).utf8().split("&", -1)) {
      String[] parts = field.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }
}
