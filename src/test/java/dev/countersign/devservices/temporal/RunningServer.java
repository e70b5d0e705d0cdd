package dev.countersign.devservices.temporal;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * A server process, as the file beside its database remembers it.
 *
 * @param id of the process
 * @param owner the JVM that ends it
 * @param port of the server
 * @param uiPort of the Web UI
 */
record RunningServer(ProcessId id, ProcessId owner, int port, int uiPort) {
  /** Empty if there is no such file, or none that can be read as one. */
  static Optional<RunningServer> read(Path file) {
    Properties values = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      values.load(reader);
      return Optional.of(
          new RunningServer(
              idIn(values, "server"),
              idIn(values, "owner"),
              Integer.parseInt(values.getProperty("port", "")),
              Integer.parseInt(values.getProperty("ui-port", ""))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    Properties values = new Properties();
    put(values, "server", id);
    put(values, "owner", owner);
    values.setProperty("port", Integer.toString(port));
    values.setProperty("ui-port", Integer.toString(uiPort));
    try (Writer writer = Files.newBufferedWriter(file)) {
      values.store(writer, null);
    }
  }

  /** True if another JVM, which still runs, will end it. */
  boolean isSomeoneElses() {
    return owner.isAlive() && !owner.equals(ProcessId.own());
  }

  RunningServer ownedByUs() {
    return new RunningServer(id, ProcessId.own(), port, uiPort);
  }

  /** As {@link ProcessId#stop}. */
  void stop() {
    id.stop();
  }

  /** As {@link ProcessId#kill}. */
  void kill() {
    id.kill();
  }

  /** Sends a signal such as {@code STOP}. */
  void signal(String name) throws IOException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(id.pid())).start();
    kill.onExit().join();
  }

  private static ProcessId idIn(Properties values, String name) {
    return new ProcessId(
        Long.parseLong(values.getProperty(name + "-pid", "")),
        Instant.ofEpochMilli(Long.parseLong(values.getProperty(name + "-started", ""))));
  }

  private static void put(Properties values, String name, ProcessId id) {
    values.setProperty(name + "-pid", Long.toString(id.pid()));
    values.setProperty(name + "-started", Long.toString(id.startedAt().toEpochMilli()));
  }
}
