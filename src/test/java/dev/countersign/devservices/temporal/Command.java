package dev.countersign.devservices.temporal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs another program to its end. */
final class Command {
  private static final Duration TELL_EVERY = Duration.ofSeconds(3);

  private Command() {}

  /**
   * Runs it in a directory, its output in {@code output.txt} there.
   *
   * @param limit after this it is ended
   * @param waiting told every 3 seconds how many have passed
   * @throws IOException if it can't be started, fails, or exceeds the limit; with its last words
   */
  static void run(Path directory, Duration limit, Consumer<Long> waiting, List<String> command)
      throws IOException {
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      long seconds = 0;
      while (!process.waitFor(TELL_EVERY.toSeconds(), TimeUnit.SECONDS)) {
        seconds += TELL_EVERY.toSeconds();
        if (seconds >= limit.toSeconds()) {
          throw new IOException("it took more than " + limit.toSeconds() + " s");
        }
        waiting.accept(seconds);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      List<String> lines = Files.readAllLines(output).stream().filter(l -> !l.isBlank()).toList();
      throw new IOException(
          lines.isEmpty() ? "it ended with code " + process.exitValue() : lines.getLast().strip());
    }
  }
}
