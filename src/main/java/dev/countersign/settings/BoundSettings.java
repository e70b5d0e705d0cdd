package dev.countersign.settings;

import java.util.Map;
import java.util.Optional;
import org.springframework.core.env.Environment;

/** The settings records that could be bound. */
public final class BoundSettings {
  private final Map<Class<?>, Object> records;
  private final Environment environment;

  BoundSettings(Map<Class<?>, Object> records, Environment environment) {
    this.records = records;
    this.environment = environment;
  }

  /** One of them; empty: it could not be bound, which has been told. */
  public <T> Optional<T> get(Class<T> record) {
    return Optional.ofNullable(records.get(record)).map(record::cast);
  }

  /** A single setting, of a record that may miss something else; empty text: it isn't set. */
  public String property(String name) {
    return environment.getProperty(name, "");
  }
}
