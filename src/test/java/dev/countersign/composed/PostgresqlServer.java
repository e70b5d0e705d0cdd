package dev.countersign.composed;

import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.loopback.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL with an empty database, as its image makes one: the defaults of its own, a user with a
 * password. It takes connections on loopback only, and is gone with its data when it is closed.
 */
public final class PostgresqlServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final String NOBODY_ELSE = "postgres"; // it refuses to be run by root

  private final Path folder;
  private final Process process;
  private final int port;

  private PostgresqlServer(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /** Where its programs are; empty where it isn't installed. */
  public static Optional<Path> binaries() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Arrays.stream(path.split(":")).map(Path::of), versions())
        .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
        .findFirst();
  }

  private static Stream<Path> versions() {
    if (!Files.isDirectory(INSTALLED)) {
      return Stream.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .sorted(Comparator.reverseOrder())
          .map(v -> v.resolve("bin"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns when it takes connections.
   *
   * @param options of {@code postgres}
   * @param log to which it writes
   */
  static PostgresqlServer start(String user, String password, List<String> options, Path log)
      throws IOException {
    Path binaries = binaries().orElseThrow(() -> new IllegalStateException("No PostgreSQL here"));
    Path folder = Files.createTempDirectory("countersign-postgresql");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path data = owned(Files.createDirectory(folder.resolve("data")));
    Path secret = owned(Files.writeString(folder.resolve("password"), password));
    List<String> making = program(binaries, "initdb", "--pgdata", data.toString());
    making.addAll(List.of("--username", user, "--pwfile", secret.toString()));
    making.addAll(List.of("--auth", "scram-sha-256", "--encoding", "UTF8"));
    Script.run(making, log);
    int port = FreePort.next();
    List<String> serving = program(binaries, "postgres", "-D", data.toString(), "-p", "" + port);
    serving.addAll(List.of("-h", "127.0.0.1", "-k", data.toString()));
    serving.addAll(options);
    Process process =
        new ProcessBuilder(serving)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    PostgresqlServer server = new PostgresqlServer(folder, process, port);
    await("PostgreSQL, see " + log)
        .atMost(START)
        .failFast("PostgreSQL ended, see " + log, () -> !process.isAlive())
        .until(server::listens);
    return server;
  }

  private static List<String> program(Path binaries, String name, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=" + NOBODY_ELSE, "--regid=" + NOBODY_ELSE));
      command.add("--clear-groups");
    }
    command.add(binaries.resolve(name).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path owned(Path path) throws IOException {
    if (isRoot()) {
      Files.setOwner(
          path,
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY_ELSE));
    }
    return path;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /** Processor time of all its processes since its start, those that have ended too. */
  Duration cpu() {
    return ProcessTimes.ofTree(process.toHandle());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
