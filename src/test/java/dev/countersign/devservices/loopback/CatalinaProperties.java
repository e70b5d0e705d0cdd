package dev.countersign.devservices.loopback;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The system properties that Tomcat sets when it starts, put back when closed. */
final class CatalinaProperties implements AutoCloseable {
  private final Map<String, Optional<String>> before = new LinkedHashMap<>();

  CatalinaProperties() {
    for (String name : List.of("catalina.base", "catalina.home", "catalina.useNaming")) {
      before.put(name, Optional.ofNullable(System.getProperty(name)));
    }
  }

  @Override
  public void close() {
    before.forEach((name, value) ->
        value.ifPresentOrElse(
            old -> System.setProperty(name, old), () -> System.clearProperty(name)));
  }
}
