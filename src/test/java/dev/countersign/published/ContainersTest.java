package dev.countersign.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What the containers of {@code docker-compose.yml} may do. */
class ContainersTest {
  private static final String EXACT =
      "[a-z/-]+:v?[0-9]+(\\.[0-9]+){1,2}[a-z0-9_.-]*(@sha256:[0-9a-f]{64})?";
  private static final Pattern FROM = Pattern.compile("(?m)^FROM (\\S+)");

  record Service(String name, Map<String, Object> settings) {
    List<String> list(String setting) {
      return settings.get(setting) instanceof List<?> list
          ? list.stream().map(Object::toString).toList()
          : List.of();
    }

    int number(String setting) {
      return (Integer) Objects.requireNonNull(settings.get(setting));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Service> services() throws IOException {
    Map<String, Map<String, Map<String, Object>>> compose =
        new Yaml().load(Files.readString(Path.of("docker-compose.yml")));
    return Objects.requireNonNull(compose.get("services")).entrySet().stream()
        .map(service -> new Service(service.getKey(), service.getValue()))
        .toList();
  }

  private static Service service(String name) throws IOException {
    return services().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("services")
  void mayDoLittle(Service service) {
    assertThat(service.settings()).containsEntry("read_only", true);
    assertThat(service.list("cap_drop")).containsExactly("ALL");
    assertThat(service.settings()).doesNotContainKeys("cap_add", "privileged", "network_mode");
    assertThat(service.list("security_opt")).contains("no-new-privileges:true");
    assertThat(service.list("tmpfs")).isNotEmpty().allMatch(place -> place.contains("size="));
  }

  @ParameterizedTest
  @MethodSource("services")
  void isNotRoot(Service service) throws IOException {
    String user =
        service.settings().containsKey("build")
            ? Files.readString(Path.of("Dockerfile")).replaceFirst("(?s).*\nUSER (\\S+).*", "$1")
            : service.settings().getOrDefault("user", "root").toString();

    assertThat(user).isNotIn("root", "0");
  }

  @ParameterizedTest
  @MethodSource("services")
  void hasLimits(Service service) {
    assertThat(service.settings()).containsKeys("mem_limit", "pids_limit");
  }

  @Test
  void applicationMayHaveAThreadForEachWorkflowThatItKeeps() throws IOException {
    int ofWorkflows =
        WorkerFactoryOptions.newBuilder()
            .validateAndBuildWithDefaults()
            .getMaxWorkflowThreadCount();

    assertThat(service("app").number("pids_limit")).isGreaterThan(2 * ofWorkflows);
  }

  @Test
  void databaseMayHaveAProcessForEachConnection() throws IOException {
    Service database = service("postgresql");

    assertThat(database.list("command"))
        .filteredOn(option -> option.startsWith("max_connections="))
        .singleElement()
        .satisfies(option ->
            assertThat(database.number("pids_limit"))
                .isGreaterThan(Integer.parseInt(option.replaceFirst(".*=", "")) + 50));
  }

  @ParameterizedTest
  @MethodSource("services")
  void logIsKeptInBounds(Service service) {
    assertThat(service.settings().get("logging"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .extractingByKey("options", InstanceOfAssertFactories.MAP)
        .containsKeys("max-size", "max-file");
  }

  @ParameterizedTest
  @MethodSource("services")
  void isReachedFromThisMachineOnly(Service service) {
    assertThat(service.list("ports")).allMatch(port -> port.startsWith("127.0.0.1:"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void isOfAnExactVersion(Service service) {
    if (!service.settings().containsKey("build")) {
      assertThat(service.settings().get("image")).asString().matches(EXACT);
    }
  }

  /** Those that run once say so by ending. */
  @ParameterizedTest
  @MethodSource("services")
  void saysWhetherItIsWell(Service service) {
    boolean runsOnce = String.valueOf(service.settings().get("restart")).startsWith("on-failure");

    assertThat(runsOnce || isChecked(service)).isTrue();
  }

  private static boolean isChecked(Service service) {
    return service.settings().containsKey("healthcheck") || service.settings().containsKey("build");
  }

  /** Files that are mounted, from this project, are there, and can't be changed. */
  @ParameterizedTest
  @MethodSource("services")
  void findsTheFilesThatAreMounted(Service service) {
    assertThat(service.list("volumes"))
        .filteredOn(volume -> volume.startsWith("./deploy"))
        .allSatisfy(volume -> {
          assertThat(volume).endsWith(":ro");
          assertThat(Path.of(volume.replaceFirst(":.*", ""))).exists();
        });
  }

  @Test
  void imageIsBuiltFromExactVersions() throws IOException {
    assertThat(FROM.matcher(Files.readString(Path.of("Dockerfile"))).results())
        .extracting(match -> match.group(1))
        .filteredOn(image -> !image.equals("layout")) // a stage of its own
        .hasSize(2)
        .allMatch(image -> image.matches(EXACT));
  }
}
