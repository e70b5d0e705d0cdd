package dev.countersign.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Closing;
import dev.countersign.autoconfigure.ApprovalProperties;
import dev.countersign.autoconfigure.SettingsAutoConfiguration;
import dev.countersign.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The application's settings alone, as {@code .env} and the environment have them. */
@ExtendWith({Closing.Awaited.class, OutputCaptureExtension.class})
class SettingNamesTest {
  private static final String REQUIRED =
      """
      OIDC_ISSUER=https://id.example.com
      CLIENT_ID=app
      CLIENT_SECRET=hush
      COUNTERSIGN_KEYS=k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
      COUNTERSIGN_GUARD_USERKEY=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=
      TEMPORAL_ADDRESS=localhost:7233
      """;

  @TempDir Path directory;

  private ConfigurableApplicationContext start(String lines, Map<String, Object> environment)
      throws IOException {
    Path file = Files.writeString(directory.resolve(".env"), lines);
    StandardEnvironment ours = new StandardEnvironment();
    ours.getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
    return new SpringApplicationBuilder(SettingsAutoConfiguration.class, AppSettings.class)
        .environment(ours)
        .web(WebApplicationType.NONE)
        .listeners(new EnvironmentVariables())
        .run("--countersign.env-file=" + file);
  }

  private ApprovalProperties approval(String lines) throws IOException {
    try (ConfigurableApplicationContext context = start(lines, Map.of())) {
      return context.getBean(ApprovalProperties.class);
    }
  }

  @ParameterizedTest
  @MethodSource
  void everyProfileStartsWithTheDefaultAudience(String lines, @Nullable String audience)
      throws IOException {
    assertThat(approval(REQUIRED + lines).audience()).isEqualTo(audience);
  }

  static Stream<Arguments> everyProfileStartsWithTheDefaultAudience() {
    String shop = "sample-shop-api";
    return Stream.of(
        Arguments.of("", null),
        Arguments.of("AUDIENCE=", null),
        Arguments.of("CIBA_PROFILE=generic", null),
        Arguments.of("CIBA_PROFILE=auth0", shop),
        Arguments.of("CIBA_PROFILE=keycloak", shop),
        Arguments.of("CIBA_PROFILE=fapi-ciba\nCIBA_CLIENT_KEY=key.pem", null),
        Arguments.of("OIDC_ISSUER=\nAUTH0_DOMAIN=acme.eu.auth0.com", shop),
        Arguments.of("countersign.ciba.resource-parameter=audience", shop),
        Arguments.of("CIBA_PROFILE=auth0\ncountersign.ciba.resource-parameter=resource", null),
        Arguments.of("AUDIENCE=https://shop.example.com", "https://shop.example.com"));
  }

  @Test
  void aFileIsReadAsUtf8() throws IOException {
    try (ConfigurableApplicationContext context =
        start(REQUIRED + "GREETING=Grüße, 日本語", Map.of())) {
      assertThat(context.getEnvironment().getProperty("GREETING")).isEqualTo("Grüße, 日本語");
    }
  }

  @Test
  void audienceOfOnesOwnMustBeAnAddressWhereApisAreNamedByOne(CapturedOutput output) {
    assertThatThrownBy(() -> approval(REQUIRED + "AUDIENCE=sample-shop-api"))
        .isInstanceOf(InvalidSettingException.class);
    assertThat(output).contains("(AUDIENCE) must be an absolute URL without a fragment");
  }

  @ParameterizedTest
  @MethodSource
  void misspeltNameInAFileStopsTheStart(String line, String sentence, CapturedOutput output) {
    assertThatThrownBy(() -> approval(REQUIRED + line)).isInstanceOf(InvalidSettingException.class);
    assertThat(output).contains(sentence).doesNotContain("\tat ").doesNotContain("4711");
  }

  static Stream<Arguments> misspeltNameInAFileStopsTheStart() {
    return Stream.of(
        Arguments.of(
            "AUDIANCE=4711",
            "AUDIANCE is no setting, and AUDIENCE isn't set. Did you mean AUDIENCE?"),
        Arguments.of("AUDIENCE=\nADUIENCE=4711", "Did you mean AUDIENCE?"),
        Arguments.of("openai_api_key=4711", "Did you mean OPENAI_API_KEY?"),
        Arguments.of("OPENAI_APIKEY=4711", "Did you mean OPENAI_API_KEY?"),
        Arguments.of("TENNANT_PORT=4711", "Did you mean TENANT_PORT?"),
        Arguments.of("CIBA_SCOPE=4711", "CIBA_SCOPE is no setting. There are CIBA_PROFILE, CIBA_"),
        Arguments.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT=collector/4711",
            "OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https URL."),
        Arguments.of("export AUDIENCE=4711", "begins with \"export\", so that nobody reads it"),
        Arguments.of(
            "countersign.gaurd.await=4711",
            "countersign.gaurd.await is no setting. Did you mean countersign.guard.await?"),
        Arguments.of(
            "COUNTERSIGN_GUARD_AWIAT=4711",
            "COUNTERSIGN_GUARD_AWIAT is no setting. Did you mean COUNTERSIGN_GUARD_AWAIT?"),
        Arguments.of(
            "COUNTERSIGN_APPROVAL_REQUSTED_EXPIRY=4711",
            "Did you mean COUNTERSIGN_APPROVAL_REQUESTEDEXPIRY?"),
        Arguments.of("COUNTERSIGN_TOLS=4711", "Did you mean COUNTERSIGN_TOOLS?"),
        Arguments.of(
            "countersign.colour=4711",
            "countersign.colour is no setting. Correct its name, or take it out."));
  }

  @Test
  void namesAllThatIsMisspeltAtOnce(CapturedOutput output) {
    String misspelt =
        REQUIRED.replace("CLIENT_ID", "CLIENTID").replace("TEMPORAL_ADDRESS", "TEMPORAL_ADRESS");
    assertThatThrownBy(() -> approval(misspelt)).isInstanceOf(InvalidSettingException.class);
    assertThat(output)
        .contains("(CLIENT_ID) is not set", "Did you mean CLIENT_ID?")
        .contains("(TEMPORAL_ADDRESS) is not set", "Did you mean TEMPORAL_ADDRESS?");
  }

  @Test
  void fileMayHaveWhatOtherProgramsRead() throws IOException {
    assertThat(
            approval(
                    REQUIRED
                        + """
                        COUNTERSIGN_APPROVAL_REQUESTEDEXPIRY=10m
                        COUNTERSIGN_TAG=1.2
                        COUNTERSIGN_LOGS=/var/log
                        COUNTERSIGN_HOSTS=a,b
                        COUNTERSIGN_PORTS=8080:8080
                        COUNTERSIGN_NODES=3
                        COUNTERSIGN_TESTS=false
                        COUNTERSIGN_USERS=alice
                        POSTGRES_PASSWORD=hush
                        COMPOSE_PROJECT_NAME=shop
                        COMPOSE_PROFILES=dev
                        DOCKER_DEFAULT_PLATFORM=linux/amd64
                        TEMPORAL_VERSION=1.32.0
                        TEMPORAL_UI_PORT=8234
                        OPENAI_ORG_ID=org
                        OPENAI_API_BASE=http://localhost
                        CLIENT_ID_OF_ANOTHER=app
                        CLIENT_ID2=app
                        PATH=/usr/bin
                        """)
                .requestedExpiry())
        .isEqualTo(Duration.ofMinutes(10));
  }

  /** As Spring Boot has read variables before it left dashes out, and still does. */
  @Test
  void variablesMayHaveUnderscoresForDashes(CapturedOutput output) throws IOException {
    Map<String, Object> environment =
        Map.of(
            "COUNTERSIGN_APPROVAL_TOKEN_EXPIRED", "end", "COUNTERSIGN_GUARD_GIVE_UP_AFTER", "1h");
    String lines =
        "COUNTERSIGN_APPROVAL_REQUESTED_EXPIRY=10m\nCOUNTERSIGN_APPROVAL_ACR_VALUES_0=strong";

    try (ConfigurableApplicationContext context = start(REQUIRED + lines, environment)) {
      ApprovalProperties approval = context.getBean(ApprovalProperties.class);
      assertThat(approval.requestedExpiry()).isEqualTo(Duration.ofMinutes(10));
      assertThat(approval.acrValues()).containsExactly("strong");
      assertThat(approval.tokenExpired()).isEqualTo(ApprovalProperties.TokenExpired.END);
    }
    assertThat(output).doesNotContain("is no setting");
  }

  @Test
  void environmentIsOnlyWarnedOf(CapturedOutput output) throws IOException {
    start(
            REQUIRED,
            Map.of(
                "AUDIANCE", "4711",
                "COUNTERSIGN_GUARD_AWIAT", "4711",
                "COUNTERSIGN_SERVICE_HOST", "10.0.0.1",
                "COUNTERSIGN_PORT_8081_TCP", "tcp://10.0.0.1:8081"))
        .close();
    List<String> warnings = new ArrayList<>();
    output.toString().lines().filter(line -> line.contains("is no setting")).forEach(warnings::add);
    assertThat(warnings)
        .hasSize(2)
        .anyMatch(line -> line.contains("WARN") && line.endsWith("Did you mean AUDIENCE?"))
        .anyMatch(line -> line.endsWith("Did you mean COUNTERSIGN_GUARD_AWAIT?"));
  }
}
