package dev.countersign.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** That the files of {@code deploy/kubernetes} fit each other; CI has them validated by schema. */
class KubernetesTest {
  private static final Path ROOT = Path.of("deploy/kubernetes");
  private static final Path BASE = ROOT.resolve("base");
  private static final String NAME = "countersign";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode read(Path file) {
    try {
      return JSON.valueToTree(new Yaml().load(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode base(String kind) {
    return read(BASE.resolve(kind + ".yaml"));
  }

  private static JsonNode pod() {
    return base("deployment").at("/spec/template");
  }

  private static JsonNode container() {
    return pod().at("/spec/containers/0");
  }

  static Stream<Path> kustomizations() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(file -> file.endsWith("kustomization.yaml")).toList().stream();
    }
  }

  static Stream<Path> resources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .toList()
          .stream();
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(entry -> texts.add(entry.asText()));
    return texts;
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void namesFilesThatAreThere(Path kustomization) {
    JsonNode names = read(kustomization);
    Path folder = kustomization.resolveSibling("");

    assertThat(texts(names.path("resources")))
        .allSatisfy(name -> assertThat(folder.resolve(name)).exists());
    names
        .path("configMapGenerator")
        .forEach(map ->
            assertThat(texts(map.path("envs")))
                .allSatisfy(name -> assertThat(folder.resolve(name)).exists()));
  }

  @ParameterizedTest
  @MethodSource("resources")
  void isUsedAndHasNoSecrets(Path resource) {
    assertThat(texts(read(resource.resolveSibling("kustomization.yaml")).path("resources")))
        .contains(resource.getFileName().toString());
    assertThat(read(resource).path("kind").asText()).isNotEqualTo("Secret");
    assertThat(read(resource).at("/metadata/name").asText()).isEqualTo(NAME);
  }

  @Test
  void allMeanTheSamePods() {
    JsonNode labels = pod().at("/metadata/labels");

    assertThat(
            List.of(
                base("deployment").at("/spec/selector/matchLabels"),
                base("service").at("/spec/selector"),
                base("poddisruptionbudget").at("/spec/selector/matchLabels"),
                base("networkpolicy").at("/spec/podSelector/matchLabels"),
                pod().at("/spec/topologySpreadConstraints/0/labelSelector/matchLabels")))
        .containsOnly(labels);
    assertThat(base("horizontalpodautoscaler").at("/spec/scaleTargetRef/name").asText())
        .isEqualTo(NAME);
    assertThat(base("ingress").at("/spec/rules/0/http/paths/0/backend/service/name").asText())
        .isEqualTo(base("service").at("/metadata/name").asText());
  }

  @Test
  void isProbedWhereHealthIs() throws IOException {
    List<String> settings = Files.readAllLines(BASE.resolve("settings.env"));
    JsonNode management = container().at("/ports/1");

    assertThat(management.path("name").asText()).isEqualTo("management");
    assertThat(settings)
        .contains(
            "MANAGEMENT_SERVER_PORT=" + management.path("containerPort").asInt(),
            "MANAGEMENT_SERVER_ADDRESS=0.0.0.0",
            "SERVER_PORT=" + container().at("/ports/0/containerPort").asInt());
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container().path(probe).at("/httpGet/port").asText()).isEqualTo("management");
    }
    assertThat(container().at("/livenessProbe/httpGet/path").asText()).endsWith("/liveness");
    assertThat(container().at("/readinessProbe/httpGet/path").asText()).endsWith("/readiness");
  }

  /** As long as with docker compose, after the time in which proxies hear of the end. */
  @Test
  void hasAsMuchTimeToStop() throws IOException {
    JsonNode compose = read(Path.of("docker-compose.yml")).at("/services/app/stop_grace_period");
    Duration stop = Duration.parse("PT" + compose.asText());
    Duration before =
        Duration.ofSeconds(container().at("/lifecycle/preStop/exec/command/1").asLong());

    assertThat(Duration.ofSeconds(pod().at("/spec/terminationGracePeriodSeconds").asLong()))
        .isGreaterThanOrEqualTo(stop.plus(before));
  }

  /** One slow task is no reason for many more. */
  @Test
  void growsByOnePodAtATime() {
    JsonNode keda = read(ROOT.resolve("components/keda/scaledobject.yaml"));

    assertThat(
            List.of(
                base("horizontalpodautoscaler").at("/spec/behavior"),
                keda.at("/spec/advanced/horizontalPodAutoscalerConfig/behavior")))
        .allSatisfy(behavior -> {
          assertThat(behavior.at("/scaleUp/policies")).hasSize(1);
          assertThat(behavior.at("/scaleUp/policies/0/value").asInt()).isOne();
        });
  }

  @Test
  void mayDoLittle() throws IOException {
    JsonNode security = container().path("securityContext");

    assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(texts(security.at("/capabilities/drop"))).containsExactly("ALL");
    assertThat(pod().at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(Files.readString(Path.of("Dockerfile")))
        .contains("--uid " + pod().at("/spec/securityContext/runAsUser").asInt());
    assertThat(pod().at("/spec/automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(container().at("/resources/limits/memory").asText()).isEqualTo("2Gi");
  }

  @Test
  void sealsPayloads() throws IOException {
    assertThat(Files.readAllLines(BASE.resolve("settings.env")))
        .contains("COUNTERSIGN_TEMPORAL_PAYLOADS_MODE=sealed");
  }
}
