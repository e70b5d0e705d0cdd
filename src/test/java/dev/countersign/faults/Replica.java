package dev.countersign.faults;

import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.loopback.FreePort;
import dev.countersign.e2e.Api;
import dev.countersign.e2e.AppJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** One of the applications, as a process of its own; one trouble at a time. */
final class Replica implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration POLITE = Duration.ofSeconds(60);
  private static final Path FULL = Path.of("/dev/full");

  private final Plan.Circumstances circumstances;
  private final Map<String, String> environment;
  private final Function<String, String> tokens;
  private final Path output;
  private final int port = FreePort.next();
  private final int managementPort = FreePort.next();
  private final Path directory;
  private @Nullable Process process;
  private boolean closed;

  /**
   * @param environment variables beside its ports
   * @param tokens gives a token for a user
   * @param output what it writes to
   */
  Replica(
      Plan.Circumstances circumstances,
      Map<String, String> environment,
      Function<String, String> tokens,
      Path output) {
    this.circumstances = circumstances;
    this.environment = environment;
    this.tokens = tokens;
    this.output = output;
    try {
      Files.createDirectories(output.getParent());
      this.directory = Files.createTempDirectory("countersign-app"); // without an .env
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String base() {
    return "http://localhost:" + port;
  }

  Api as(String user) {
    return new Api(base(), tokens.apply(user));
  }

  /** Launches it if it doesn't run. */
  synchronized void launch() {
    if (!closed && !isAlive()) {
      process = start();
    }
  }

  /** Launches it, again if it ends by itself, and waits until it answers its API. */
  void awaitReady() {
    await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          launch();
          return answers();
        });
  }

  /** Whether its API answers. */
  boolean answers() {
    try {
      return isAlive() && as("alice").get("/api/purchases").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
      awaitEnd(process, POLITE);
    }
  }

  /** SIGTERM, and SIGKILL when that isn't heard within 60 s. Returns whether it was heard. */
  boolean terminate() {
    Process ending;
    synchronized (this) {
      ending = process;
    }
    if (ending == null) {
      return true;
    }
    ending.destroy();
    boolean polite = awaitEnd(ending, POLITE);
    if (!polite) {
      kill();
    }
    return polite;
  }

  /** Sends a signal such as {@code STOP}. */
  synchronized void signal(String name) {
    if (process == null) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    kill();
    FileSystemUtils.deleteRecursively(directory.toFile());
  }

  private Process start() {
    ProcessBuilder builder =
        new ProcessBuilder(AppJvm.command())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(
                    (circumstances.diskFull() ? FULL : output).toFile()));
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.putAll(environment);
    variables.put("SERVER_PORT", Integer.toString(port));
    variables.put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
    if (circumstances.diskFull()) {
      variables.put("LOGGING_FILE_NAME", FULL.toString());
    }
    variables.putAll(WrongClock.variables(circumstances.skew()));
    try {
      Process launched = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(launched::destroyForcibly));
      return launched;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean awaitEnd(Process ending, Duration patience) {
    try {
      return ending.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
