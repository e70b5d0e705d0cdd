package dev.countersign.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
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
