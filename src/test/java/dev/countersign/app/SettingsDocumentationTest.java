package dev.countersign.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.app.trace.TraceVariables;
import dev.countersign.approval.ApprovalAttributes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation, {@code .env.example} and the code list the same settings. */
class SettingsDocumentationTest {
  private static final Path PAGE = Path.of("docs/settings.md");

  static Stream<String> variables() {
    return EnvironmentVariables.PROPERTIES.keySet().stream();
  }

  static Stream<String> properties() throws IOException {
    try (InputStream metadata =
        SettingsDocumentationTest.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      JsonNode all = new ObjectMapper().readTree(Objects.requireNonNull(metadata));
      return StreamSupport.stream(all.path("properties").spliterator(), false)
          .map(property -> property.path("name").asText())
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("variables")
  void everyVariableStandsWithItsPropertyAndInTheExample(String variable) throws IOException {
    assertThat(Files.readAllLines(PAGE))
        .anyMatch(line ->
            line.startsWith("| `")
                && line.contains("`" + variable + "`")
                && line.contains("`" + property(variable) + "`"));
    assertThat(Files.readAllLines(Path.of(".env.example")))
        .anyMatch(line -> line.startsWith(variable + "="));
  }

  /** By which users set it. */
  private static String property(String variable) {
    String property = Objects.requireNonNull(EnvironmentVariables.PROPERTIES.get(variable));
    return property.equals("countersign.management-port") ? "management.server.port" : property;
  }

  @ParameterizedTest
  @MethodSource("properties")
  void everyPropertyHasAVariableOrALineOfItsOwn(String property) throws IOException {
    if (!EnvironmentVariables.PROPERTIES.containsValue(property)) {
      assertThat(Files.readAllLines(PAGE)).anyMatch(line -> line.contains("`" + property + "`"));
    }
  }

  @Test
  void pageHasEveryVariableOfTraces() throws IOException {
    assertThat(Files.readString(PAGE))
        .contains(TraceVariables.NAMES.stream().map(name -> "`" + name + "`").toList());
  }

  @Test
  void theExampleHasNoLineThatNobodyReads() throws IOException {
    assertThat(Files.readAllLines(Path.of(".env.example")))
        .filteredOn(line -> line.matches("[A-Z0-9_]+=.*"))
        .extracting(line -> line.substring(0, line.indexOf('=')))
        .allMatch(name ->
            EnvironmentVariables.PROPERTIES.containsKey(name)
                || TraceVariables.NAMES.contains(name)
                || Set.of("POSTGRES_PASSWORD", "APP_REPLICAS")
                    .contains(name)); // docker-compose.yml
  }

  @Test
  void dockerComposeRegistersTheSearchAttributes() throws IOException {
    String compose = Files.readString(Path.of("docker-compose.yml"));
    assertThat(ApprovalAttributes.ALL)
        .allSatisfy(attribute -> assertThat(compose).contains("--name " + attribute.getName()));
  }

  @Test
  void dockerComposeSealsPayloads() throws IOException {
    assertThat(Files.readString(Path.of("docker-compose.yml")))
        .contains(
            "COUNTERSIGN_TEMPORAL_PAYLOADS_MODE: ${COUNTERSIGN_TEMPORAL_PAYLOADS_MODE:-sealed}");
  }

  @Test
  void testsSeeNoneOfTheVariables() throws IOException {
    Matcher without =
        Pattern.compile("<tests.without>(.*)</tests.without>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(without.find()).isTrue();
    assertThat(Pattern.compile(",").splitAsStream(without.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    EnvironmentVariables.PROPERTIES.keySet().stream(),
                    TraceVariables.NAMES.stream())
                .toList());
  }
}
