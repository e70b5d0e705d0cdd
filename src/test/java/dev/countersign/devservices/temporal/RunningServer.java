package dev.countersign.devservices.temporal;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server process, as the file beside its database remembers it.
 *
 * @param pid of the process
 * @param startedAt its start as the operating system tells it: a pid alone may be somebody else's
 * @param port of the server
 * @param uiPort of the Web UI
 */
record RunningServer(long pid, Instant startedAt, int port, int uiPort) {
  private static final Duration POLITE = Duration.ofSeconds(10);

  static RunningServer of(ProcessHandle process, int port, int uiPort) {
    return new RunningServer(process.pid(), startOf(process), port, uiPort);
  }

  /** Empty if there is no such file, or none that can be read as one. */
  static Optional<RunningServer> read(Path file) {
    Properties values = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      values.load(reader);
      return Optional.of(
          new RunningServer(
              Long.parseLong(values.getProperty("pid", "")),
              Instant.ofEpochMilli(Long.parseLong(values.getProperty("started", ""))),
              Integer.parseInt(values.getProperty("port", "")),
              Integer.parseInt(values.getProperty("ui-port", ""))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    Properties values = new Properties();
    values.setProperty("pid", Long.toString(pid));
    values.setProperty("started", Long.toString(startedAt.toEpochMilli()));
    values.setProperty("port", Integer.toString(port));
    values.setProperty("ui-port", Integer.toString(uiPort));
    try (Writer writer = Files.newBufferedWriter(file)) {
      values.store(writer, null);
    }
  }

  boolean isAlive() {
    return process().isPresent();
  }

  /** Asks the process to end, and ends it when it hasn't within 10 s. */
  void stop() {
    process()
        .ifPresent(process -> {
          process.destroy();
          if (!hasEnded(process)) {
            kill();
          }
        });
  }

  /** Ends it at once, as a crash would, and waits until it is gone. */
  void kill() {
    process()
        .ifPresent(process -> {
          process.destroyForcibly();
          if (!hasEnded(process)) {
            throw new IllegalStateException("Process " + pid + " survives SIGKILL");
          }
        });
  }

  private Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> startOf(process).equals(startedAt));
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }

  private static boolean hasEnded(ProcessHandle process) {
    try {
      process.onExit().get(POLITE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Waiting for process " + process.pid() + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
