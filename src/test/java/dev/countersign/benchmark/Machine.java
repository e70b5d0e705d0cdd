package dev.countersign.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.devservices.temporal.TemporalLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What it ran on, as a page says it. */
final class Machine {
  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*: (.*)$");
  private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");

  private Machine() {}

  /** Processor, memory, systems and versions, in one sentence, with further versions at its end. */
  static String sentence(List<String> versions) throws IOException {
    return String.format(
        Locale.ROOT,
        "%d cores (%s), %.0f GiB of memory, %s %s, JDK %s, %s%s.",
        Runtime.getRuntime().availableProcessors(),
        first(MODEL, "/proc/cpuinfo").orElse(System.getProperty("os.arch")),
        first(MEMORY, "/proc/meminfo").map(Double::parseDouble).orElse(0.0) / 1024 / 1024,
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        Runtime.version(),
        temporal(),
        versions.stream().map(version -> ", " + version).collect(Collectors.joining()));
  }

  private static Optional<String> first(Pattern pattern, String file) throws IOException {
    return pattern
        .matcher(Files.readString(Path.of(file)))
        .results()
        .map(match -> match.group(1))
        .findFirst();
  }

  private static String temporal() throws IOException {
    Process said = new ProcessBuilder(TemporalLauncher.binary().toString(), "--version").start();
    return new String(said.getInputStream().readAllBytes(), UTF_8).strip();
  }
}
