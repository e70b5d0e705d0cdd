package dev.countersign.devservices;

import dev.countersign.devservices.loopback.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A web application in a process of its own, which a test can kill and start again. It has the same
 * port each time.
 */
public final class ApplicationProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2); // about 6 s on an idle machine
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** Temporal's client uses native access and Unsafe, of which Java 25 warns. */
  private static final List<String> QUIET =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  private final List<String> command = new ArrayList<>();
  private final String url;
  private final Path log;
  private @Nullable Process process;

  /**
   * One that doesn't run yet, with the class path of the test that starts it.
   *
   * @param application its class with the main method
   * @param arguments of that method: {@link StandIns#arguments} of stand-ins that outlive it
   */
  public ApplicationProcess(Class<?> application, String... arguments) {
    this(
        application.getSimpleName(),
        List.of("-cp", System.getProperty("java.class.path"), application.getName()),
        arguments);
  }

  /**
   * One that doesn't run yet, packed as its users run it.
   *
   * @param jar an executable jar, such as {@code target/bank.jar}; a test of the phase {@code
   *     integration-test} finds it built
   * @param arguments of its main method: {@link StandIns#arguments} of stand-ins that outlive it
   */
  public static ApplicationProcess ofJar(Path jar, String... arguments) {
    return new ApplicationProcess(
        jar.getFileName().toString(), List.of("-jar", jar.toString()), arguments);
  }

  private ApplicationProcess(String name, List<String> program, String... arguments) {
    int port = FreePort.next();
    url = "http://localhost:" + port;
    log = newLog(name);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUICK_START);
    command.addAll(QUIET);
    command.addAll(program);
    command.add("--server.port=" + port);
    command.addAll(List.of(arguments));
  }

  private static Path newLog(String name) {
    try {
      Path folder = BuildFolder.of(Path.of("")).toAbsolutePath();
      Files.createDirectories(folder);
      Path log = folder.resolve(name + ".log");
      Files.deleteIfExists(log);
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException("The application's output can't be kept", e);
    }
  }

  /** What all its runs have written to the console, in the build's folder. */
  public Path log() {
    return log;
  }

  /** Where it answers: {@code http://localhost:} and its port. */
  public String url() {
    return url;
  }

  /**
   * Returns when it answers. One that runs already is killed before; it ends with this JVM.
   *
   * @throws IllegalStateException if it ends while it starts, or doesn't answer within two minutes
   */
  public void start() {
    kill();
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      process = started;
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
      Instant deadline = Instant.now().plus(PATIENCE);
      while (!answers()) {
        if (!started.isAlive()) {
          throw new IllegalStateException("The application ended while it started: see " + log);
        }
        if (Instant.now().isAfter(deadline)) {
          kill();
          throw new IllegalStateException(
              "The application doesn't answer at %s: see %s".formatted(url, log));
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The application can't be started", e);
    }
  }

  private boolean answers() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
              .send(
                  HttpRequest.newBuilder(URI.create(url)).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          > 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the application started", e);
    }
  }

  /** Ends it at once, by SIGKILL, as a crash would; {@link #start} brings it back. */
  public void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
