package dev.countersign.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.autoconfigure.CibaProfile;
import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.autoconfigure.ClientKeyProperties;
import dev.countersign.autoconfigure.TlsProperties;
import dev.countersign.ciba.DeliveryMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;

class DevelopmentServicesTest {
  @TempDir Path data;

  @Test
  void embeddedTenantIsAskedWhateverIsSetForAnotherProvider() {
    Map<String, String> elsewhere =
        Map.of(
            "TEMPORAL_ADDRESS", "localhost:1",
            "SHOP_API_URL", "http://localhost:1/api/orders",
            "COUNTERSIGN_KEYS", "none",
            "TENANT_PORT", "0");
    try (DevelopmentServices services =
        DevelopmentServices.start(Configured.of(data.resolve("none"), elsewhere), data)) {
      CibaProperties ciba = bind(CibaProperties.class, services);

      assertThat(ciba.profile()).isEqualTo(CibaProfile.AUTH0);
      assertThat(ciba.issuer()).isNull();
      assertThat(ciba.clientId()).isEqualTo(services.client().get("countersign.oidc.client-id"));
      assertThat(ciba.clientSecret())
          .isEqualTo(services.client().get("countersign.oidc.client-secret"));
      assertThat(ciba.clientAuthentication()).isNull();
      assertThat(ciba.loginHint()).isEqualTo("iss_sub");
      assertThat(ciba.userClaim()).isEqualTo("sub");
      assertThat(ciba.resourceParameter()).isNull();
      assertThat(ciba.deliveryMode()).isEqualTo(DeliveryMode.POLL);
      assertThat(ciba.signedRequests()).isNull();
      assertThat(ciba.idTokenAlgorithm()).isNull();
      assertThat(ciba.idTokenRequired()).isNull();
      assertThat(bind(ClientKeyProperties.class, services).file()).isNull();
      assertThat(bind(TlsProperties.class, services))
          .isEqualTo(new TlsProperties(null, null, null, "", null));
    }
  }

  @Test
  void oneOfTheTenantsUsersIsAnOperatorUnlessASettingSaysOtherwise() {
    Map<String, String> elsewhere =
        Map.of("TEMPORAL_ADDRESS", "localhost:1", "TENANT_PORT", "0", "SHOP_PORT", "0");
    try (DevelopmentServices services =
        DevelopmentServices.start(Configured.of(data.resolve("none"), elsewhere), data)) {
      assertThat(services.settings())
          .containsEntry("countersign.operators.claim", "roles")
          .containsEntry("countersign.operators.value", "countersign-operator");
      assertThat(services.client()).doesNotContainKey("countersign.operators.claim"); // would win
    }
  }

  @Test
  void messagesEndInACodeUnlessASettingSaysOtherwise() {
    Map<String, String> elsewhere =
        Map.of("TEMPORAL_ADDRESS", "localhost:1", "OIDC_ISSUER", "http://localhost:1");
    try (DevelopmentServices services =
        DevelopmentServices.start(Configured.of(data.resolve("none"), elsewhere), data)) {
      assertThat(services.settings()).containsEntry("countersign.message.code", true);
      assertThat(services.client()).doesNotContainKey("countersign.message.code"); // would win
    }
  }

  @Test
  void pageIsToldWhatIsEmbeddedAndWhereItIs() {
    assertThat(
            new Embedded(true, "http://localhost:9000/", null, true, "http://ui/workflows").page())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "countersign.page.embedded[0].service", "model",
                "countersign.page.embedded[1].service", "tenant",
                "countersign.page.embedded[1].url", "http://localhost:9000/phone",
                "countersign.page.embedded[2].service", "shop", // whose orders nobody takes
                "countersign.page.embedded[3].service", "temporal",
                "countersign.page.embedded[3].url", "http://ui/workflows"));
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI_API_KEY, '', true",
    "OPENAI_API_KEY, sk-secret, false",
    "OPENAI_BASE_URL, http://localhost:11434/v1, false"
  })
  void offlineModelStepsAsideForARealOne(String variable, String value, boolean embedded) {
    Map<String, String> elsewhere =
        Map.of(
            "TEMPORAL_ADDRESS",
            "localhost:1",
            "OIDC_ISSUER",
            "http://localhost:1",
            "COUNTERSIGN_KEYS",
            "none",
            variable,
            value);
    try (DevelopmentServices services =
        DevelopmentServices.start(Configured.of(data.resolve("none"), elsewhere), data)) {
      assertThat(services.embedded()).isEqualTo(new Embedded(embedded, null, null, true, null));
    }
  }

  @Test
  void saysWhereNothingCanBeKept() throws IOException {
    Path file = Files.createFile(data.resolve("file"));
    assertThatThrownBy(() ->
            DevelopmentServices.start(
                Configured.of(data.resolve("none"), Map.of()), file.resolve("dev")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The development services can't keep their data in " + file)
        .hasMessageEndingWith("Make it a directory that this user may write, or move it away.");
  }

  @Test
  void saysWhichVariablesMoveATakenPort() {
    FailureAnalysis analysis =
        Objects.requireNonNull(
            new TakenPortAnalyzer()
                .analyze(new IllegalStateException(new PortInUseException(8080))));
    assertThat(analysis.getDescription()).isEqualTo("Port 8080 is taken, by another run perhaps.");
    assertThat(analysis.getAction()).contains("SERVER_PORT", "MANAGEMENT_SERVER_PORT");
  }

  @Test
  void newcomerIsToldToOpenThePageFirst() {
    assertThat(
            new Embedded(true, "http://localhost:9000/", "http://shop", false, "http://ui")
                .welcome("http://localhost:8080"))
        .startsWith(
            """

            Countersign is ready.

            Open http://localhost:8080, sign in as alice
            """)
        .contains("http://localhost:9000/phone?user=alice", "http://ui", "http://shop")
        .contains("http://localhost:8080/operator, as olivia");
  }

  /** With settings for a provider that is all that the tenant isn't. */
  private static <T> T bind(Class<T> record, DevelopmentServices services) {
    Map<String, Object> properties =
        new HashMap<>(
            Map.ofEntries(
                Map.entry("countersign.ciba.profile", "fapi-ciba"),
                Map.entry("countersign.ciba.issuer", "https://id.bank.example"),
                Map.entry("countersign.ciba.client-id", "agent"),
                Map.entry("countersign.ciba.client-secret", "hush"),
                Map.entry("countersign.ciba.client-authentication", "tls_client_auth"),
                Map.entry("countersign.ciba.login-hint", "{email}"),
                Map.entry("countersign.ciba.user-claim", "email"),
                Map.entry("countersign.ciba.resource-parameter", "resource"),
                Map.entry("countersign.ciba.delivery-mode", "ping"),
                Map.entry("countersign.ciba.signed-requests", "true"),
                Map.entry("countersign.ciba.id-token-algorithm", "ES256"),
                Map.entry("countersign.ciba.id-token-required", "false"),
                Map.entry("countersign.ciba.client-key.file", "/secrets/key.pem"),
                Map.entry("countersign.ciba.tls.certificate", "/secrets/client.pem"),
                Map.entry("countersign.ciba.tls.key", "/secrets/key.pem"),
                Map.entry("countersign.ciba.tls.key-store", "/secrets/client.p12"),
                Map.entry("countersign.ciba.tls.trust", "/secrets/ca.pem")));
    properties.putAll(services.client());
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate(record.getAnnotation(ConfigurationProperties.class).value(), record);
  }
}
