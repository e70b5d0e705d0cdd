package dev.countersign.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Closing;
import dev.countersign.settings.InvalidSettingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Starts the whole application; it ends before it opens a port or a connection. */
@ExtendWith({Closing.Awaited.class, OutputCaptureExtension.class})
class StartWithBadSettingsTest {
  private static final List<String> GOOD =
      List.of(
          "OIDC_ISSUER=http://localhost:1",
          "CIBA_PROFILE=auth0",
          "CLIENT_ID=app",
          "CLIENT_SECRET=hush",
          "COUNTERSIGN_KEYS=k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
          "COUNTERSIGN_GUARD_USERKEY=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
          "TEMPORAL_ADDRESS=localhost:1");

  private static void start(List<String> settings) {
    List<String> arguments =
        new ArrayList<>(List.of("--server.port=0", "--management.server.port=0"));
    settings.forEach(setting -> arguments.add("--" + setting));
    CountersignApplication.builder().run(arguments.toArray(String[]::new)).close();
  }

  @Test
  void namesAllThatIsMissingAtOnce(CapturedOutput output) {
    assertThatThrownBy(() -> start(List.of())).isInstanceOf(InvalidSettingException.class);
    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("(OIDC_ISSUER, or AUTH0_DOMAIN) is not set")
        .contains("(CLIENT_ID) is not set")
        .contains("(CLIENT_SECRET) is not set")
        .contains("(COUNTERSIGN_KEYS) is not set")
        .contains("(COUNTERSIGN_GUARD_USERKEY) is not set")
        .contains("(TEMPORAL_ADDRESS) is not set")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @MethodSource
  void saysInASentenceWhatIsWrong(String setting, String sentence, CapturedOutput output) {
    List<String> settings = new ArrayList<>(GOOD);
    settings.removeIf(good -> good.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
    settings.add(setting);
    assertThatThrownBy(() -> start(settings)).isInstanceOf(InvalidSettingException.class);
    assertThat(output).contains(sentence).doesNotContain("\tat ").doesNotContain("hush");
  }

  @Test
  void signsNoRequestWithRs256(CapturedOutput output) {
    List<String> settings = new ArrayList<>(GOOD);
    settings.add("countersign.ciba.signed-requests=true");
    settings.add("countersign.ciba.client-key.algorithm=RS256");
    assertThatThrownBy(() -> start(settings)).isInstanceOf(InvalidSettingException.class);
    assertThat(output).contains("must be PS256 or ES256 while requests are signed, but is RS256.");
  }

  static Stream<Arguments> saysInASentenceWhatIsWrong() {
    return Stream.of(
        Arguments.of("CLIENT_SECRET=", "(CLIENT_SECRET) is not set"),
        Arguments.of(
            "CIBA_CLIENT_AUTHENTICATION=private_key_jwt", "(CIBA_CLIENT_KEY) is not set, but the"),
        Arguments.of(
            "countersign.ciba.signed-requests=true",
            "(CIBA_CLIENT_KEY) is not set, but signed requests need"),
        Arguments.of(
            "CIBA_CLIENT_AUTHENTICATION=tls_client_auth", "(CIBA_TLS_CERT) is not set, but the"),
        Arguments.of("API_AUDIENCE=app", "must differ, but both are \"app\""),
        Arguments.of("CIBA_CLIENT_ID=countersign", "must differ, but both are \"countersign\""),
        Arguments.of(
            "TEMPORAL_ADDRESS=temporal.example.com:7233",
            "(TEMPORAL_ADDRESS) leads to temporal.example.com without TLS"),
        Arguments.of(
            "OPENAI_BASE_URL=http://model.example.com/v1",
            "OPENAI_BASE_URL (countersign.chat.model.base-url) leads to model.example.com without"),
        Arguments.of("CIBA_DELIVERY_MODE=push", "(CIBA_DELIVERY_MODE) must be poll or ping"),
        Arguments.of("COUNTERSIGN_KEYS=k1:short", "(COUNTERSIGN_KEYS) is wrong"),
        Arguments.of("SHOP_API_URL=http://shop.example.com", "(SHOP_API_URL) must be an https URL"),
        Arguments.of(
            "countersign.shop.call-timeout=soon",
            "countersign.shop.call-timeout must be a duration such as 10s, 5m or PT1H, but is"
                + " \"soon\"."));
  }

  @Test
  void namesAllThatAProfileMissesAtOnce(CapturedOutput output) {
    assertThatThrownBy(() -> start(List.of("CIBA_PROFILE=fapi-ciba", "AUDIENCE=sample-shop-api")))
        .isInstanceOf(InvalidSettingException.class);
    assertThat(output)
        .contains("(OIDC_ISSUER, or AUTH0_DOMAIN) is not set")
        .contains("(CLIENT_ID) is not set")
        .contains("(CIBA_CLIENT_KEY) is not set")
        .contains("(AUDIENCE) must be an absolute URL")
        .doesNotContain("(CLIENT_SECRET) is not set");
  }

  @Test
  void asksForASecretOfItsOwnForAnotherIssuer(CapturedOutput output) {
    List<String> settings = new ArrayList<>(GOOD);
    settings.add("CIBA_ISSUER=http://localhost:2");
    settings.add("CIBA_USER_CLAIM=email");
    assertThatThrownBy(() -> start(settings)).isInstanceOf(InvalidSettingException.class);
    assertThat(output).contains("(CIBA_CLIENT_SECRET) is not set").doesNotContain("hush");
  }

  @Test
  void namesTheAddressWhenTemporalDoesNotAnswer(CapturedOutput output) throws IOException {
    List<String> settings = new ArrayList<>(GOOD);
    settings.removeIf(good -> good.startsWith("OIDC_ISSUER="));
    settings.add("OPENAI_API_KEY=hush");
    settings.add("countersign.temporal.startup-timeout=1s");
    try (MockWebServer provider = new MockWebServer()) {
      provider.start();
      String issuer = "http://localhost:" + provider.getPort();
      provider.enqueue(discovery(issuer));
      settings.add("OIDC_ISSUER=" + issuer);
      assertThatThrownBy(() -> start(settings)).isNotNull();
    }
    assertThat(output)
        .contains("at localhost:1 (TEMPORAL_ADDRESS) didn't answer within 1 s: UNAVAILABLE.")
        .contains("Start the server, or set TEMPORAL_ADDRESS")
        .doesNotContain("\tat ");
  }

  @Test
  void namesTheKeyWhenThereIsNoModel(CapturedOutput output) throws IOException {
    List<String> settings = new ArrayList<>(GOOD);
    settings.removeIf(good -> good.startsWith("OIDC_ISSUER="));
    try (MockWebServer provider = new MockWebServer()) {
      provider.start();
      String issuer = "http://localhost:" + provider.getPort();
      provider.enqueue(discovery(issuer));
      settings.add("OIDC_ISSUER=" + issuer);
      assertThatThrownBy(() -> start(settings)).isNotNull();
    }
    assertThat(output).contains("OPENAI_API_KEY is not set").doesNotContain("\tat ");
  }

  @Test
  void namesTheIssuerWhenItIsNoProvider(CapturedOutput output) throws IOException {
    List<String> settings = new ArrayList<>(GOOD);
    settings.removeIf(good -> good.startsWith("OIDC_ISSUER="));
    try (MockWebServer provider = new MockWebServer()) {
      provider.start();
      provider.enqueue(new MockResponse.Builder().code(404).build());
      settings.add("OPENAI_API_KEY=hush");
      settings.add("OIDC_ISSUER=http://localhost:" + provider.getPort());
      assertThatThrownBy(() -> start(settings)).isNotNull();
    }
    assertThat(output)
        .contains("There is no OpenID provider at http://localhost:")
        .contains("OIDC_ISSUER")
        .doesNotContain("\tat ");
  }

  private static MockResponse discovery(String issuer) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "application/json")
        .body(
            """
            {"issuer": "%1$s", "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/jwks",
             "backchannel_authentication_endpoint": "%1$s/bc-authorize",
             "backchannel_token_delivery_modes_supported": ["poll"],
             "token_endpoint_auth_methods_supported": ["client_secret_post"]}
            """
                .formatted(issuer))
        .build();
  }
}
