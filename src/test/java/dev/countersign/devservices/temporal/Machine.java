package dev.countersign.devservices.temporal;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the launcher needs to know of the machine that it runs on. */
interface Machine {

  /** An environment variable; null if it is not set or blank. */
  @Nullable String variable(String name);

  /** The user's home directory. */
  Path home();

  /** What this machine can run; empty if there is no pinned binary for it. */
  Optional<Platform> platform();

  /** Tells the user one line. */
  void say(String line);

  /** Where the launcher keeps the binary that it fetched. */
  default Path cache() {
    String configured = variable("XDG_CACHE_HOME");
    Path caches = configured == null ? home().resolve(".cache") : Path.of(configured);
    return caches.resolve("countersign").resolve("temporal-" + Platform.CLI_VERSION);
  }

  /** The machine that this JVM runs on. */
  static Machine local() {
    return new LocalMachine();
  }

  /** The real one: environment, system properties and standard output. */
  record LocalMachine() implements Machine {
    @Override
    public @Nullable String variable(String name) {
      String value = System.getenv(name);
      return value == null || value.isBlank() ? null : value;
    }

    @Override
    public Path home() {
      return Path.of(System.getProperty("user.home"));
    }

    @Override
    public Optional<Platform> platform() {
      return Platform.of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    @Override
    public void say(String line) {
      System.out.println("Temporal: " + line);
    }
  }
}
