package dev.countersign.e2e;

import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.loopback.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.springframework.util.FileSystemUtils;

/**
 * The application as a process of its own beside the services of a {@link Product}, so that it can
 * be killed. It keeps its ports from start to start, and writes to {@code target/e2e/<name>.log}.
 */
public final class AppProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90); // about 6 s on an idle machine
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final Product product;
  private final String name;
  private final int port = FreePort.next();
  private final int managementPort = FreePort.next();
  private final Path directory = emptyDirectory(); // without an .env
  private final Map<String, String> settings;
  private final List<String> command;
  private Process process;

  AppProcess(Product product, String name, Map<String, String> settings, List<String> command) {
    this.product = product;
    this.name = name;
    this.settings = settings;
    this.command = command;
    process = launch();
  }

  /**
   * Launches the application; {@link #awaitReady} waits for it.
   *
   * @param name of the file that it writes to
   */
  public static AppProcess launch(Product product, String name) {
    return launch(product, name, Map.of());
  }

  /** Launches it with more environment variables. */
  public static AppProcess launch(Product product, String name, Map<String, String> settings) {
    return new AppProcess(product, name, settings, AppJvm.command());
  }

  /** Launches it by a JVM that compiles and collects as users have it. */
  public static AppProcess launchForUsers(
      Product product, String name, Map<String, String> settings) {
    List<String> command =
        AppJvm.command().stream().filter(word -> !AppJvm.FRUGAL.contains(word)).toList();
    return new AppProcess(product, name, settings, command);
  }

  /** Launches it as something else than classes of the build: {@code command} starts it. */
  public static AppProcess launch(
      Product product, String name, Map<String, String> settings, List<String> command) {
    return new AppProcess(product, name, settings, command);
  }

  /** Launches it again, on the same ports, after it has ended. Returns the time of the launch. */
  public Instant launchAgain() {
    if (process.isAlive()) {
      throw new IllegalStateException("The application still runs");
    }
    Instant now = Instant.now();
    process = launch();
    return now;
  }

  /** Launches it again if it has ended. */
  AppProcess relaunchIfDead() {
    if (!process.isAlive()) {
      process = launch();
    }
    return this;
  }

  /** Waits until it answers its API. */
  public AppProcess awaitReady() {
    await()
        .atMost(START)
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .failFast("the application ended, see " + output(), () -> !process.isAlive())
        .until(() -> as("alice").get("/api/purchases").status() == 200);
    return this;
  }

  /** Where the application is. */
  public String base() {
    return "http://localhost:" + port;
  }

  /** The API for a user, with a token. */
  public Api as(String user) {
    return new Api(base(), product.tenant.apiToken(user));
  }

  /** Where it tells of itself; no token there. */
  public Api management() {
    return new Api("http://localhost:" + managementPort, null);
  }

  public int managementPort() {
    return managementPort;
  }

  /** Its working directory, which was empty. */
  public Path directory() {
    return directory;
  }

  /** What it uses. */
  public JavaProcess usage() {
    return new JavaProcess(process.toHandle());
  }

  /** Ends it at once, by SIGKILL, as a crash would. */
  public void kill() {
    process.destroyForcibly();
    exitCodeWithin(LAST_WORDS);
  }

  /** Asks it to end, by SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end. */
  int exitCodeWithin(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "The application still runs after " + patience.toSeconds() + " s, see " + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
    FileSystemUtils.deleteRecursively(directory.toFile());
  }

  private Process launch() {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output()));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(product.environment());
    environment.putAll(settings);
    environment.putIfAbsent("COUNTERSIGN_CIBA_STARTSPERUSERANDMINUTE", Product.STARTS);
    environment.put("COUNTERSIGN_MESSAGE_CODE", "false"); // tests know what a phone shows
    environment.put("SERVER_PORT", Integer.toString(port));
    environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
    try {
      Process launched = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(launched::destroyForcibly));
      return launched;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has written since its last launch began. */
  public List<String> written() {
    try {
      List<String> all = Files.readAllLines(output().toPath());
      int last =
          IntStream.range(0, all.size())
              .filter(line -> all.get(line).contains("Starting "))
              .reduce(0, (_, line) -> line);
      return all.subList(last, all.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private File output() {
    Path file = Path.of("target", "e2e", name + ".log").toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toFile();
  }

  private static Path emptyDirectory() {
    try {
      return Files.createTempDirectory("countersign-app");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
