package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.devservices.loopback.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * Prometheus itself with the files of {@code docker-compose.yml}, but for addresses and pace,
 * beside an application: it takes what the application says of itself, and all that rules and the
 * dashboard ask for.
 */
class PrometheusIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FILES = Path.of("deploy", "prometheus");
  private static final Path DASHBOARD = Path.of("deploy", "grafana", "countersign.json");
  private static final String EVERY_SECOND = "1s";

  /** Series that are there before anything has happened. */
  private static final Pattern AT_REST =
      Pattern.compile(
          "countersign_(approvals|questions|decisions|runs_|provider|polls|asks|conversations|chat"
              + "|lease|limits|seals|grants)|temporal_num_pollers");

  /** As operators are told to set their adapter up, for pods that have no such label here. */
  private static String autoscalersQuestion() throws IOException {
    Matcher rule =
        Pattern.compile("metricsQuery: \\|-\n(.*?)\n *```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs", "operations.md")));
    assertThat(rule.find()).isTrue();
    return rule.group(1)
        .replace(",namespace=\"countersign\"", "")
        .replace("or vector(0)", "")
        .replaceAll("\\s+", " ");
  }

  private final int port = FreePort.next();

  @Test
  void takesTheApplicationsMetricsAndAnswersAllQuestions(@TempDir Path folder) throws Exception {
    assumeTrue(isThere() || "true".equals(System.getenv("CI")), "There is no prometheus here");
    try (Product product = new Product().startApplication()) {
      Process prometheus = start(folder, Scrape.port(product));
      try {
        await("Prometheus, see " + folder)
            .atMost(Product.PATIENCE)
            .failFast("Prometheus ended", () -> !prometheus.isAlive())
            .ignoreExceptionsInstanceOf(UncheckedIOException.class)
            .until(() -> value("up{job=\"countersign\"}").asInt() == 1);

        await()
            .atMost(Product.PATIENCE)
            .until(() -> value("count(countersign_lease_held)").asInt() == 1);
        await()
            .atMost(Product.PATIENCE)
            .until(() -> rules().allMatch(rule -> rule.path("health").asText().equals("ok")));
        assertThat(rules().count()).isGreaterThan(15);
        assertThat(rules().filter(rule -> rule.path("state").asText().equals("firing"))).isEmpty();
        assertThat(questions())
            .hasSizeGreaterThan(20)
            .allSatisfy(question ->
                assertThat(ask(question).path("status").asText())
                    .as(question)
                    .isEqualTo("success"));
        await("what is there at rest too")
            .atMost(Product.PATIENCE)
            .untilAsserted(() ->
                assertThat(questions())
                    .filteredOn(question -> AT_REST.matcher(question).find())
                    .hasSizeGreaterThan(15)
                    .allSatisfy(question ->
                        assertThat(ask(question).at("/data/result")).as(question).isNotEmpty()));
        await("a rate, of more than once")
            .atMost(Product.PATIENCE)
            .pollInterval(Duration.ofSeconds(3))
            .until(() -> {
              product.as("alice").say(null, "Hello");
              return value(autoscalersQuestion()).asDouble(-1) >= 0;
            });
      } finally {
        prometheus.destroyForcibly().waitFor();
      }
    }
  }

  private static boolean isThere() {
    return Stream.of(
            Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "prometheus")));
  }

  @SuppressWarnings("unchecked")
  private Process start(Path folder, int application) throws IOException {
    Map<String, Object> settings =
        new Yaml().load(Files.readString(FILES.resolve("prometheus.yml")));
    settings.put(
        "global", Map.of("scrape_interval", EVERY_SECOND, "evaluation_interval", EVERY_SECOND));
    for (Map<String, Object> job :
        (List<Map<String, Object>>) Objects.requireNonNull(settings.get("scrape_configs"))) {
      boolean ours = "countersign".equals(job.get("job_name"));
      job.keySet().removeIf(name -> name.endsWith("_sd_configs"));
      job.put("static_configs", List.of(Map.of("targets", targets(ours ? application : port))));
    }
    Files.writeString(folder.resolve("prometheus.yml"), new Yaml().dump(settings));
    Path rules = Path.of("countersign-alerts.yml");
    Files.copy(FILES.resolve(rules), folder.resolve(rules));
    return new ProcessBuilder(
            "prometheus",
            "--config.file=" + folder.resolve("prometheus.yml"),
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.log").toFile())
        .start();
  }

  private static List<String> targets(int port) {
    return List.of("127.0.0.1:" + port);
  }

  private Stream<JsonNode> rules() {
    return Api.elements(get("rules").at("/data/groups"))
        .flatMap(group -> Api.elements(group.path("rules")));
  }

  /** Of the dashboard, as Grafana asks them. */
  private static List<String> questions() throws IOException {
    List<String> questions = new ArrayList<>();
    for (JsonNode panel : JSON.readTree(Files.readString(DASHBOARD)).path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        questions.add(target.path("expr").asText().replaceAll("\\$__(rate_interval|range)", "1m"));
      }
    }
    return questions;
  }

  private JsonNode value(String question) {
    return ask(question).at("/data/result/0/value/1");
  }

  private JsonNode ask(String question) {
    return get("query?query=" + URLEncoder.encode(question, StandardCharsets.UTF_8));
  }

  private JsonNode get(String path) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return JSON.readTree(
          http.send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                      .timeout(Duration.ofSeconds(20))
                      .build(),
                  BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
