package dev.countersign.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Status;
import io.temporal.serviceclient.MetricsTag;
import io.temporal.serviceclient.MetricsType;
import io.temporal.worker.PollerTypeMetricsTag;
import io.temporal.worker.WorkerMetricsTag;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the alert rules ask for what is there, and each rule fires. */
class DashboardsTest {
  private static final Path RULES = Path.of("deploy/prometheus/countersign-alerts.yml");
  private static final Path TESTS = Path.of("deploy/prometheus/countersign-alerts.test.yml");
  private static final Path DASHBOARD = Path.of("deploy/grafana/countersign.json");

  private static final Pattern SERIES =
      Pattern.compile("\\b(?:countersign|gen_ai_client|temporal)_[a-z_]+");

  private static final Pattern OF_TEMPORAL = Pattern.compile("temporal_[a-z_]+\\{([^}]*)}");
  private static final Pattern SELECTOR = Pattern.compile("(\\w+)(=~|!=|!~|=)\"([^\"]*)\"");

  private static Map<String, Object> yaml(Path file) throws IOException {
    return new Yaml().load(Files.readString(file));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> in, String name) {
    return (List<Map<String, Object>>) Objects.requireNonNull(in.get(name));
  }

  /** Names of rules to their expressions. */
  private static Map<String, String> rules() throws IOException {
    Map<String, String> rules = new LinkedHashMap<>();
    for (Map<String, Object> group : list(yaml(RULES), "groups")) {
      for (Map<String, Object> rule : list(group, "rules")) {
        rules.put(String.valueOf(rule.get("alert")), String.valueOf(rule.get("expr")));
      }
    }
    return rules;
  }

  private static List<String> panels() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(Files.readString(DASHBOARD));
    List<String> expressions = new ArrayList<>();
    dashboard
        .path("panels")
        .forEach(panel ->
            panel.path("targets").forEach(it -> expressions.add(it.path("expr").asText())));
    return expressions;
  }

  private static List<String> series(String expression) {
    String withoutLabels = expression.replaceAll("\\{[^}]*}|by \\([^)]*\\)", " ");
    return SERIES.matcher(withoutLabels).results().map(found -> found.group()).toList();
  }

  @Test
  void areOfSeriesThatAreThere() throws IOException {
    Set<String> known = MetricsTables.sampleNames();

    assertThat(Stream.concat(rules().values().stream(), panels().stream()))
        .hasSizeGreaterThan(40)
        .allSatisfy(expression ->
            assertThat(series(expression)).as(expression).isNotEmpty().isSubsetOf(known));
  }

  @Test
  void theDashboardShowsEverySeries() throws IOException {
    Set<String> shown = new HashSet<>();
    panels().forEach(expression -> shown.addAll(series(expression)));

    assertThat(MetricsTables.own())
        .allSatisfy(series -> assertThat(shown).anyMatch(name -> name.startsWith(series.name())));
  }

  /** What comes with a failure only is in no scrape of a test. */
  @Test
  void theSdkHasWhatTheTableSaysOfIt() throws Exception {
    Set<String> names = new HashSet<>();
    for (Class<?> types : List.of(MetricsType.class, io.temporal.worker.MetricsType.class)) {
      for (Field type : types.getFields()) {
        names.add(String.valueOf(type.get(null)));
      }
    }

    assertThat(MetricsTables.temporals())
        .hasSizeGreaterThan(4)
        .allSatisfy(series ->
            assertThat(names).contains(series.name().replaceAll("_(total|seconds)$", "")));
  }

  /** By another name a rule would find nothing, and be silent. */
  @Test
  void theSdkHasTheLabelsThatAreAskedFor() throws Exception {
    Set<String> labels = new HashSet<>();
    Set<String> values = new HashSet<>();
    for (Field tag : MetricsTag.class.getFields()) {
      if (tag.get(null) instanceof String text) {
        (tag.getName().startsWith("TASK_FAILURE_VALUE") ? values : labels).add(text);
      }
    }
    Stream.of(WorkerMetricsTag.WorkerType.values(), PollerTypeMetricsTag.PollerType.values())
        .flatMap(Stream::of)
        .forEach(value -> values.add(((MetricsTag.TagValue) value).getValue()));
    Stream.of(Status.Code.values()).forEach(code -> values.add(code.name()));

    List<MatchResult> selectors =
        Stream.concat(rules().values().stream(), panels().stream())
            .flatMap(expression -> OF_TEMPORAL.matcher(expression).results())
            .flatMap(series -> SELECTOR.matcher(series.group(1)).results())
            .toList();

    assertThat(selectors)
        .hasSizeGreaterThan(10)
        .allSatisfy(selector -> {
          assertThat(selector.group(1)).isIn(labels);
          if (selector.group(2).equals("=")) {
            assertThat(selector.group(3)).isIn(values);
          }
        });
  }

  @Test
  void eachRuleSaysWhatToDoAndIsTested() throws IOException {
    Set<String> tested = new HashSet<>();
    list(yaml(TESTS), "tests").forEach(test -> tested.add(String.valueOf(test.get("name"))));

    assertThat(rules().keySet()).isEqualTo(tested);
    for (Map<String, Object> group : list(yaml(RULES), "groups")) {
      assertThat(list(group, "rules"))
          .allSatisfy(rule ->
              assertThat(String.valueOf(rule.get("annotations")))
                  .contains("summary=", "description="));
    }
  }

  @Test
  void operatorsReadWhatToDoAtEachAlert() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("docs/operations.md")).stream()
            .filter(line -> line.startsWith("| `Countersign"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();

    assertThat(rows).containsExactlyElementsOf(rules().keySet());
  }

  @Test
  void eachRuleFires() throws Exception {
    promtool("test", "rules", TESTS.toAbsolutePath().toString());
  }

  /** As rules, for there is no other check of an expression. */
  @Test
  void prometheusReadsEachPanel(@TempDir Path folder) throws Exception {
    List<Map<String, String>> rules = new ArrayList<>();
    for (String expression : panels()) {
      rules.add(
          Map.of(
              "record",
              "panel:" + rules.size(),
              "expr",
              expression.replaceAll("\\$__(rate_interval|range)", "5m")));
    }
    Path file = folder.resolve("panels.yml");
    Files.writeString(
        file, new Yaml().dump(Map.of("groups", List.of(Map.of("name", "all", "rules", rules)))));

    promtool("check", "rules", file.toString());
  }

  /** Comes with Prometheus (on Debian the package of that name); without it nothing is run. */
  private static void promtool(String... arguments) throws IOException, InterruptedException {
    boolean there =
        Arrays.stream(
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    assumeTrue(there || "true".equals(System.getenv("CI")), "There is no promtool here");
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }
}
