package dev.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The names that a failed start shows are names that work where it failed. */
class SettingFailureAnalyzerTest {
  private final InvalidSettingException missing =
      new InvalidSettingException(
          "countersign.oidc.client-id (CLIENT_ID) is not set. Set it to the client id.\n"
              + "countersign.keys (COUNTERSIGN_KEYS) is not set.");

  private final StandardEnvironment environment = new StandardEnvironment();

  @Test
  void hostsAreToldNamesThatSpringBootKnows() {
    FailureAnalysis analysis = analyze(missing);

    assertThat(analysis.getDescription())
        .isEqualTo(
            "countersign.oidc.client-id (COUNTERSIGN_OIDC_CLIENTID) is not set. Set it to the client"
                + " id.\ncountersign.keys (COUNTERSIGN_KEYS) is not set.");
    assertThat(analysis.getAction()).contains("application.yaml").doesNotContain(".env");
  }

  @Test
  void theApplicationIsToldItsShortNames() {
    environment
        .getPropertySources()
        .addLast(new MapPropertySource(SettingNames.SHORT_NAMES, Map.of()));

    FailureAnalysis analysis = analyze(missing);

    assertThat(analysis.getDescription()).isEqualTo(missing.getMessage());
    assertThat(analysis.getAction()).contains(".env");
  }

  @Test
  void aSettingThatAnotherTakesItsValueFromIsNamed() {
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "host", Map.of("issuer-uri", "${countersign.oidc.issuer}", "other", "${else}")));

    assertThat(analyze(failure("issuer-uri")).getDescription())
        .startsWith("countersign.oidc.issuer (COUNTERSIGN_OIDC_ISSUER) is not set");
    assertThat(new SettingFailureAnalyzer(environment).analyze(failure("other"))).isNull();
  }

  private Throwable failure(String property) {
    try {
      environment.getProperty(property);
    } catch (IllegalArgumentException e) {
      return new IllegalStateException("Error processing condition", e);
    }
    throw new AssertionError(property + " has a value");
  }

  private FailureAnalysis analyze(Throwable failure) {
    return Objects.requireNonNull(new SettingFailureAnalyzer(environment).analyze(failure));
  }
}
