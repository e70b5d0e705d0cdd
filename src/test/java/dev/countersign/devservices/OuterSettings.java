package dev.countersign.devservices;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * What is set from outside of an application: by a test's properties, the command line, system
 * properties and environment variables, and not by a file of its own.
 */
final class OuterSettings {
  private final Binder binder;

  OuterSettings(ConfigurableEnvironment environment) {
    List<PropertySource<?>> outer = new ArrayList<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      outer.add(source);
      if (source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
        break;
      }
    }
    binder =
        new Binder(
            ConfigurationPropertySources.from(outer),
            new PropertySourcesPlaceholdersResolver(environment));
  }

  /** The value of a property; null: not set, or empty. */
  @Nullable String value(String property) {
    String value = binder.bind(property, String.class).orElse("");
    return value.isBlank() ? null : value.strip();
  }
}
