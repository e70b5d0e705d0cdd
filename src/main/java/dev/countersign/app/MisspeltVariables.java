package dev.countersign.app;

import dev.countersign.settings.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Names that are almost those of {@link EnvironmentVariables}, while the one that they are almost
 * isn't set: whoever wrote {@code AUDIANCE} would get a default without a word. In {@code .env} and
 * arguments that is a fault. The environment is shared with other programs, so what it has is only
 * warned of. Names that are like none of ours are somebody else's, such as docker compose's.
 */
final class MisspeltVariables {
  private static final Logger log = LoggerFactory.getLogger(MisspeltVariables.class);
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final String OURS_ALONE = "CIBA_";

  /** Others read them: {@code test-run} and docker compose. */
  static final List<String> OF_OTHERS =
      List.of(
          "TENANT_PORT",
          "SHOP_PORT",
          "TEMPORAL_PORT",
          "TEMPORAL_UI_PORT",
          "POSTGRES_PASSWORD",
          "APP_REPLICAS");

  private final ConfigurableEnvironment environment;
  private final Set<String> known = new LinkedHashSet<>(EnvironmentVariables.PROPERTIES.keySet());
  private final Set<String> meant = new HashSet<>();

  MisspeltVariables(ConfigurableEnvironment environment) {
    this.environment = environment;
    known.addAll(OF_OTHERS);
    meant.addAll(known);
    meant.removeIf(name -> EnvironmentVariables.value(environment, name) != null);
  }

  /** A sentence for each that is a fault; the others are logged. */
  List<String> sentences() {
    List<String> faults = new ArrayList<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> names) {
        List<String> found =
            List.of(names.getPropertyNames()).stream()
                .filter(name -> VARIABLE.matcher(name).matches() && !known.contains(name))
                .flatMap(name -> sentence(name, source).stream())
                .toList();
        if (isShared(source)) {
          found.forEach(log::warn);
        } else {
          faults.addAll(found);
        }
      }
    }
    return faults;
  }

  private Optional<String> sentence(String name, PropertySource<?> source) {
    if (name.equals("export") && !isShared(source)) {
      return Optional.of(
          "A line of .env begins with \"export\", so that nobody reads it. Write NAME=value.");
    }
    Optional<String> nearest = Spelling.nearest(name, meant);
    if (nearest.isPresent()) {
      return Optional.of(
          "%s is no setting, and %s isn't set. Did you mean %2$s?".formatted(name, nearest.get()));
    }
    return name.startsWith(OURS_ALONE)
        ? Optional.of(name + " is no setting. There are " + ours() + ".")
        : Optional.empty();
  }

  private String ours() {
    return String.join(", ", known.stream().filter(name -> name.startsWith(OURS_ALONE)).toList());
  }

  private static boolean isShared(PropertySource<?> source) {
    return source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
        || source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
  }
}
