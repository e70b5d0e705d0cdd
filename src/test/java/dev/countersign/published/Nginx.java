package dev.countersign.published;

import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.loopback.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The proxy of {@code docker-compose.yml} with its own settings, but for addresses and folders. */
final class Nginx implements AutoCloseable {
  private static final Path CONFIGURATION = Path.of("deploy/nginx/nginx.conf");
  private static final Duration START = Duration.ofSeconds(20);

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Where it is installed. */
  static Optional<Path> binary() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Arrays.stream(path.split(":")), Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Returns when it takes connections.
   *
   * @param folder for what it writes
   * @param replicas ports of the application's
   */
  static Nginx start(Path folder, int... replicas) throws IOException {
    int port = FreePort.next();
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, configuration(folder, port, replicas));
    Path log = folder.resolve("nginx.log");
    Process process =
        new ProcessBuilder(
                binary().orElseThrow().toString(),
                "-c",
                configuration.toString(),
                "-p",
                folder.toString(),
                "-g",
                "daemon off; user root;") // the folder is this user's only
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Nginx nginx = new Nginx(process, port);
    try {
      await("nginx, see " + log)
          .atMost(START)
          .failFast("nginx ended, see " + log, () -> !process.isAlive())
          .until(nginx::listens);
    } catch (RuntimeException | Error e) {
      nginx.close();
      throw e;
    }
    return nginx;
  }

  private static String configuration(Path folder, int port, int... replicas) throws IOException {
    String servers =
        Arrays.stream(replicas)
            .mapToObj(replica -> "server 127.0.0.1:" + replica + ";")
            .collect(Collectors.joining(" ", "upstream replicas { ", " }"));
    return replaced(
        Files.readString(CONFIGURATION),
        List.of("listen 8080;", "listen 127.0.0.1:" + port + ";"),
        List.of("app:8080", "replicas"), // what a name with these addresses does
        List.of("server {\n", servers + "\nserver {\n"),
        List.of("/tmp/", folder + "/"));
  }

  @SafeVarargs
  private static String replaced(String text, List<String>... changes) {
    String result = text;
    for (List<String> change : changes) {
      if (!result.contains(change.getFirst())) {
        throw new IllegalStateException(CONFIGURATION + " has no " + change.getFirst());
      }
      result = result.replace(change.getFirst(), change.getLast());
    }
    return result;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
