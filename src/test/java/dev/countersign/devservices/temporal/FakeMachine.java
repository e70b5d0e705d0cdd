package dev.countersign.devservices.temporal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A machine with just the variables and the home that a test gives it; it remembers what it says.
 */
final class FakeMachine implements Machine {
  final List<String> said = new ArrayList<>();
  private final Map<String, String> variables = new HashMap<>();
  private final Path home;

  FakeMachine(Path home) {
    this.home = home;
  }

  FakeMachine with(String variable, Object value) {
    variables.put(variable, value.toString());
    return this;
  }

  @Override
  public @Nullable String variable(String name) {
    return variables.get(name);
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public Optional<Platform> platform() {
    return Optional.of(Platform.LINUX_X86_64);
  }

  @Override
  public void say(String line) {
    said.add(line);
  }
}
