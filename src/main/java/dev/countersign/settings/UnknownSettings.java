package dev.countersign.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * What is set under {@code countersign}, and is no setting: a misspelt name would leave a default
 * in force without a word. In a file or an argument it is a fault. The environment and the JVM's
 * properties are shared with others, so what they have is only warned of.
 */
final class UnknownSettings {
  private static final Logger log = LoggerFactory.getLogger(UnknownSettings.class);
  private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("countersign");
  private static final Set<String> SHARED =
      Set.of(
          StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
          StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);

  /** What Kubernetes tells every container of a service that is called countersign. */
  private static final Pattern OF_A_SERVICE =
      Pattern.compile("countersign\\.(service|port)([.\\[].*)?");

  private final Environment environment;
  private final KnownSettings known;

  UnknownSettings(Environment environment, KnownSettings known) {
    this.environment = environment;
    this.known = known;
  }

  /** A sentence for each that is a fault; the others are logged. */
  List<String> sentences() {
    List<String> faults = new ArrayList<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource names
          && source.getUnderlyingSource() instanceof PropertySource<?> from) {
        boolean variables = from instanceof SystemEnvironmentPropertySource;
        names.stream()
            .filter(name -> OURS.isAncestorOf(name) && !known.has(name))
            .filter(name -> !variables || !known.hasVariable(name))
            .filter(name -> !OF_A_SERVICE.matcher(name.toString()).matches())
            .forEach(name -> tell(name, from, faults));
      }
    }
    return faults;
  }

  private void tell(ConfigurationPropertyName name, PropertySource<?> source, List<String> faults) {
    boolean variable = source instanceof SystemEnvironmentPropertySource;
    Optional<String> meant = nearest(name);
    String sentence =
        written(name.toString(), variable)
            + " is no setting. "
            + meant
                .map(nearest -> "Did you mean " + written(nearest, variable) + "?")
                .orElse("Correct its name, or take it out.");
    // a variable that is like none of ours may be somebody else's, such as COUNTERSIGN_TAG
    if (SHARED.contains(source.getName()) || (variable && meant.isEmpty())) {
      log.warn(sentence);
    } else {
      faults.add(sentence);
    }
  }

  /** The prefix is no letter in which they are alike: it would buy faults for all others. */
  private Optional<String> nearest(ConfigurationPropertyName name) {
    return Spelling.nearest(
            withoutPrefix(name.toString()),
            known.names().stream().map(UnknownSettings::withoutPrefix).toList())
        .map(meant -> OURS + "." + meant);
  }

  private static String withoutPrefix(String name) {
    return name.substring(OURS.toString().length() + 1);
  }

  private static String written(String name, boolean variable) {
    return variable
        ? name.toUpperCase(Locale.ROOT).replaceAll("[-\\]]", "").replaceAll("[.\\[]", "_")
        : name;
  }
}
