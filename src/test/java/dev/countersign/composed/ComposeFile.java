package dev.countersign.composed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** What {@code docker-compose.yml} says of its services. */
final class ComposeFile {
  private static final Path FILE = Path.of("docker-compose.yml");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)[^}]*}");
  private static final Pattern MOUNT = Pattern.compile("([^:]+):([^:]+)(:ro)?");

  private final Map<String, Map<String, Object>> services;
  private final Map<String, String> variables;

  private ComposeFile(Map<String, Map<String, Object>> services, Map<String, String> variables) {
    this.services = services;
    this.variables = variables;
  }

  /**
   * Reads it.
   *
   * @param variables that it takes from {@code .env}
   */
  static ComposeFile with(Map<String, String> variables) throws IOException {
    Map<String, Map<String, Map<String, Object>>> file = new Yaml().load(Files.readString(FILE));
    return new ComposeFile(
        Optional.ofNullable(file.get("services")).orElseThrow(), Map.copyOf(variables));
  }

  /** The environment variables of a service. */
  Map<String, String> environment(String service) {
    Map<String, String> environment = new HashMap<>();
    if (of(service, "environment") instanceof Map<?, ?> map) {
      map.forEach((name, value) -> environment.put("" + name, substituted("" + value)));
    }
    return environment;
  }

  /** What a service is started with. */
  List<String> command(String service) {
    return of(service, "command") instanceof List<?> command
        ? command.stream().map(word -> substituted("" + word)).toList()
        : List.of();
  }

  /** The shell script of a service that runs once. */
  String script(String service) {
    List<String> command = command(service);
    if (command.size() != 1) {
      throw new IllegalStateException(service + " has no script in " + FILE);
    }
    return command.getFirst();
  }

  /** The path of this project that a service sees at another. */
  Path mounted(String service, Path there) {
    if (of(service, "volumes") instanceof List<?> volumes) {
      for (Object volume : volumes) {
        Matcher mount = MOUNT.matcher("" + volume);
        if (mount.matches() && there.startsWith(mount.group(2))) {
          return Path.of(mount.group(1))
              .resolve(Path.of(mount.group(2)).relativize(there))
              .toAbsolutePath();
        }
      }
    }
    throw new IllegalStateException(service + " sees nothing at " + there);
  }

  private Object of(String service, String key) {
    return Optional.ofNullable(services.get(service))
        .map(settings -> settings.get(key))
        .orElseThrow(() -> new IllegalStateException(service + " has no " + key + " in " + FILE));
  }

  private String substituted(String value) {
    return VARIABLE
        .matcher(value)
        .replaceAll(found -> Matcher.quoteReplacement(variable(found.group(1))))
        .replace("$$", "$");
  }

  private String variable(String name) {
    return Optional.ofNullable(variables.get(name))
        .orElseThrow(() -> new IllegalStateException(FILE + " asks for " + name));
  }
}
