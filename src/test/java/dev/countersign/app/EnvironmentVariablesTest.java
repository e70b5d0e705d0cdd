package dev.countersign.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.autoconfigure.ApprovalProperties;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.StandardEnvironment;

class EnvironmentVariablesTest {

  private static @Nullable String property(String name, Map<String, Object> variables) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", variables));
    new EnvironmentVariables().addTo(environment);
    return environment.getProperty(name);
  }

  @Test
  void everyVariableGetsItsProperty() {
    EnvironmentVariables.PROPERTIES.forEach((variable, name) ->
        assertThat(property(name, Map.of(variable, " value "))).contains("value"));
  }

  @Test
  void domainMakesAnIssuerUnlessThereIsOne() {
    assertThat(property("countersign.oidc.issuer", Map.of("AUTH0_DOMAIN", "acme.eu.auth0.com")))
        .isEqualTo("https://acme.eu.auth0.com/");
    assertThat(
            property(
                "countersign.oidc.issuer",
                Map.of(
                    "AUTH0_DOMAIN", "acme.eu.auth0.com",
                    "OIDC_ISSUER", "https://login.example.com")))
        .isEqualTo("https://login.example.com");
  }

  @Test
  void emptyVariableIsNotSet() {
    Map<String, Object> empty = new HashMap<>();
    EnvironmentVariables.PROPERTIES.keySet().forEach(variable -> empty.put(variable, ""));
    assertThat(EnvironmentVariables.PROPERTIES.values())
        .allSatisfy(name -> assertThat(property(name, empty)).isNull());
  }

  @Test
  void fileHasNamesAsTheEnvironmentHasThem() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                ".env",
                Map.of(
                    "COUNTERSIGN_APPROVAL_REQUESTEDEXPIRY", "10m",
                    "COUNTERSIGN_APPROVAL_SLOTS", "")));
    new EnvironmentVariables().addTo(environment);
    ApprovalProperties approval =
        Binder.get(environment).bindOrCreate("countersign.approval", ApprovalProperties.class);
    assertThat(approval.requestedExpiry()).isEqualTo(Duration.ofMinutes(10));
    assertThat(approval.slots()).isEqualTo(20_000);
  }

  @Test
  void propertyOfThatNameWins() {
    assertThat(
            property(
                "countersign.api.audience",
                Map.of("countersign.api.audience", "property", "API_AUDIENCE", "variable")))
        .isEqualTo("property");
  }

  @Test
  void emptyLineHidesNoValueBehindIt() throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    Properties example = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(".env.example"))) {
      example.load(reader);
    }
    environment.getPropertySources().addFirst(new PropertiesPropertySource(".env", example));
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource("defaults", Map.of("OIDC_ISSUER", "http://localhost:9000/")));
    new EnvironmentVariables().addTo(environment);
    assertThat(environment.getProperty("countersign.oidc.issuer"))
        .isEqualTo("http://localhost:9000/");
  }
}
