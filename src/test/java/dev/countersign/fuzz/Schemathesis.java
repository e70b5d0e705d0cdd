package dev.countersign.fuzz;

import dev.countersign.python.PythonCommand;
import dev.countersign.python.PythonPackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One run of Schemathesis, as it is released, for one kind of caller. It writes to {@code
 * target/fuzz}; {@code -Dfuzz.seed} gives it another seed, and {@code -Dfuzz.seconds} more time.
 */
final class Schemathesis {
  private static final Path HOME = Path.of("target", "fuzz").toAbsolutePath();
  private static final Path RULES = Path.of("src/test/resources/fuzz/schemathesis.toml");
  private static final Set<String> KEPT = Set.of("PATH", "LANG", "TMPDIR");
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 12);
  private static final int MORE_TO_END = 90;

  /** Stands for none of a process's ends. */
  private static final int LATE = -1;

  private final String caller;
  private final List<String> headers = new ArrayList<>();
  private final List<String> others = new ArrayList<>();

  Schemathesis(String caller) {
    this.caller = caller;
  }

  /** Sends this header with each request. */
  Schemathesis with(String header, String value) {
    headers.addAll(List.of("--header", header + ": " + value));
    return this;
  }

  /** Doesn't call these paths. */
  Schemathesis leavingOut(String... paths) {
    for (String path : paths) {
      others.addAll(List.of("--exclude-path", path));
    }
    return this;
  }

  /** Calls nothing but what is below this path. */
  Schemathesis onlyBelow(String path) {
    others.addAll(List.of("--include-path-regex", "^" + path));
    return this;
  }

  /** Leaves one of its checks out. */
  Schemathesis without(String check) {
    others.addAll(List.of("--exclude-checks", check));
    return this;
  }

  /** What it says of an application that it finds fault with; empty if it finds none. */
  String findings(String description) {
    try {
      Files.createDirectories(HOME);
      Path written = HOME.resolve(caller + ".txt");
      int end = run(description, written);
      if (PythonCommand.isCrash(end)) { // which says nothing of the application
        System.out.println("Schemathesis ended with " + end + ", again: " + written);
        end = run(description, written);
      }
      return switch (end) {
        case 0 -> "";
        case LATE -> "It didn't end: " + Files.readString(written);
        default -> "It ended with " + end + ": " + Files.readString(written);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How it ended, or {@link #LATE}. */
  private int run(String description, Path written) throws IOException, InterruptedException {
    ProcessBuilder builder = command(description);
    Process process = builder.redirectErrorStream(true).redirectOutput(written.toFile()).start();
    try {
      boolean hasEnded = process.waitFor(SECONDS + MORE_TO_END, TimeUnit.SECONDS);
      return hasEnded ? process.exitValue() : LATE;
    } finally {
      process.destroyForcibly();
    }
  }

  private ProcessBuilder command(String description) {
    Path packages =
        PythonPackages.ofTheBuild("Schemathesis (94 MB)", "schemathesis", "schemathesis", "fuzz")
            .installed();
    List<String> command =
        new ArrayList<>(
            List.of(
                PythonCommand.PYTHON,
                "-m",
                "schemathesis.cli",
                "--config-file",
                RULES.toAbsolutePath().toString(),
                "run",
                description,
                "--checks",
                "all",
                "--phases",
                "coverage,fuzzing",
                "--max-time",
                Integer.toString(SECONDS),
                "--request-timeout",
                "60",
                "--continue-on-failure",
                "--no-color",
                "--seed",
                System.getProperty("fuzz.seed", "1")));
    if (!headers.isEmpty()) { // they get streams, which don't end
      command.addAll(List.of("--exclude-path-regex", "/events$"));
    }
    command.addAll(headers);
    command.addAll(others);
    var builder = new ProcessBuilder(command).directory(HOME.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(KEPT);
    environment.put("HOME", HOME.toString());
    environment.put("PYTHONPATH", packages.toString());
    environment.put("PYTHONNOUSERSITE", "1");
    environment.put("PYTHONUTF8", "1");
    environment.put("PYTHONFAULTHANDLER", "1"); // says where it crashed
    environment.put("NO_PROXY", "127.0.0.1,localhost");
    return builder;
  }
}
