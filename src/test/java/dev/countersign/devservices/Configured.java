package dev.countersign.devservices;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What is configured already: environment variables, and behind them the lines of {@code .env}. */
final class Configured {
  private final Map<String, String> values;

  private Configured(Map<String, String> values) {
    this.values = values;
  }

  static Configured here() {
    return of(Path.of(".env"), System.getenv());
  }

  static Configured of(Path file, Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    if (Files.exists(file)) {
      Properties lines = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        lines.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      lines.stringPropertyNames().forEach(name -> values.put(name, lines.getProperty(name)));
    }
    environment.forEach((name, value) -> {
      if (!value.isBlank()) {
        values.put(name, value);
      }
    });
    return new Configured(values);
  }

  /** The value of a variable; null: not set, or empty. */
  @Nullable String value(String variable) {
    String value = values.get(variable);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
