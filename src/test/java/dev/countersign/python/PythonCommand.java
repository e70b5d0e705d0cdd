package dev.countersign.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the machine's Python to its end. */
public record PythonCommand(List<String> arguments) {
  public static final String PYTHON = "python3";

  /** Beyond what a shell says of a process that a signal has ended, as a JVM does too. */
  private static final int SIGNALS = 128;

  /** With these arguments. */
  public static PythonCommand of(String... arguments) {
    return new PythonCommand(List.of(arguments));
  }

  /** Whether an end is a fault in Python itself, or in its compiled parts. */
  public static boolean isCrash(int exitValue) {
    return exitValue > SIGNALS;
  }

  /**
   * What it printed.
   *
   * @param limit after this it is ended
   * @throws IOException if it can't be started, fails, or exceeds the limit; with its last words
   */
  public String run(Duration limit) throws IOException {
    Path output = Files.createTempFile("python", ".txt");
    Process process = start(output);
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("it took more than " + limit.toSeconds() + " s");
      }
      String printed = Files.readString(output).strip();
      if (process.exitValue() != 0) {
        throw new IOException(printed.isEmpty() ? "it failed" : printed.lines().toList().getLast());
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  private Process start(Path output) throws IOException {
    var command = new ProcessBuilder(PYTHON);
    command.command().addAll(arguments);
    return command.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }
}
