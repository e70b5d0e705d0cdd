package dev.countersign.composed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs that run once. */
final class Script {
  private Script() {}

  /** Runs a program to its end; what it writes goes to the end of a file. */
  static void run(List<String> command, Path log) {
    run(new ProcessBuilder(command), log);
  }

  /**
   * Runs a script of a service.
   *
   * @param path folders of programs, before those of the machine
   */
  static void run(String script, Map<String, String> environment, List<Path> path, Path log) {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-euc", script);
    builder.environment().putAll(environment);
    builder
        .environment()
        .compute(
            "PATH",
            (_, machine) ->
                String.join(":", path.stream().map(Path::toString).toList()) + ":" + machine);
    run(builder, log);
  }

  /** What a program writes until its end, in one line. */
  static String said(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(ProcessBuilder builder, Path log) {
    try {
      int code =
          builder
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            builder.command() + " ended with " + code + ": " + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
