package dev.countersign.faults;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Adds runs up: a table for people, lines for programs. */
final class Report {
  private static final String BEGIN = "<!-- matrix: written by the harness -->";
  private static final String END = "<!-- /matrix -->";
  private final List<Outcome> outcomes;
  private final Properties found = found();

  Report(List<Outcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
  }

  /** Writes one line a run, one line a fault, and whatever a run that broke a rule has left. */
  void writeRaw(Path directory) {
    List<String> runs =
        new ArrayList<>(List.of("seed,seconds,faults,purchases,orders,pushes,violations,statuses"));
    List<String> faults = new ArrayList<>(List.of("seed,fault,hits,recovery_ms"));
    for (Outcome run : outcomes) {
      runs.add(line(run));
      run.effects().forEach(effect -> faults.add(line(run, effect)));
      if (!run.violations().isEmpty()) {
        Path file = directory.resolve("seed-" + run.plan().seed() + ".json");
        write(file, JsonMapper.shared().writeValueAsString(run.evidence()));
      }
    }
    write(directory.resolve("runs.csv"), String.join("\n", runs) + "\n");
    write(directory.resolve("faults.csv"), String.join("\n", faults) + "\n");
    write(directory.resolve("table.md"), table());
    write(
        directory.resolve("violations.txt"),
        violations().stream().map(violation -> violation + "\n").collect(joining()));
  }

  List<Violation> violations() {
    return outcomes.stream().flatMap(run -> run.violations().stream()).toList();
  }

  /** Puts the table between the marks of a document. */
  void writeInto(Path document) {
    try {
      String text = Files.readString(document);
      int begin = text.indexOf(BEGIN);
      int end = text.indexOf(END);
      if (begin < 0 || end < begin) {
        throw new IllegalArgumentException(document + " has no place for the table: " + BEGIN);
      }
      write(document, text.substring(0, begin) + BEGIN + "\n" + table() + text.substring(end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String table() {
    Map<String, List<Outcome>> byKind = new TreeMap<>();
    for (Outcome run : outcomes) {
      run.effects().stream()
          .map(Effect::kind)
          .distinct()
          .forEach(kind -> byKind.computeIfAbsent(kind, _ -> new ArrayList<>()).add(run));
    }
    return "%s\n\n| fault | runs | orders | pushes | recovery, median | longest | found |\n"
            .formatted(summary())
        + "|---|---|---|---|---|---|---|\n"
        + byKind.entrySet().stream()
            .map(row -> row(row.getKey(), row.getValue()))
            .collect(joining());
  }

  private String summary() {
    return "%d runs, seeds %s; %d purchases, %d orders, %d pushes, %d faults that hit, %d rules broken."
        .formatted(
            outcomes.size(),
            outcomes.isEmpty()
                ? "none"
                : outcomes.getFirst().plan().seed() + " to " + outcomes.getLast().plan().seed(),
            sum(outcomes, run -> run.evidence().purchases().size()),
            sum(outcomes, run -> run.evidence().orders().size()),
            sum(outcomes, run -> run.evidence().questions().size()),
            sum(outcomes, run -> run.effects().size()),
            sum(outcomes, run -> run.violations().size()));
  }

  private String row(String kind, List<Outcome> runs) {
    List<Duration> recoveries =
        runs.stream()
            .flatMap(run -> run.effects().stream())
            .filter(effect -> effect.kind().equals(kind))
            .flatMap(effect -> Stream.ofNullable(effect.recovery()))
            .sorted()
            .toList();
    int broken = sum(runs, run -> run.violations().size());
    String earlier = found.getProperty(kind.replace(' ', '_').replace(":", ""), "");
    return "| %s | %d | %d | %d | %s | %s | %s |\n"
        .formatted(
            kind,
            runs.size(),
            sum(runs, run -> run.evidence().orders().size()),
            sum(runs, run -> run.evidence().questions().size()),
            recoveries.isEmpty() ? "–" : seconds(recoveries.get(recoveries.size() / 2)),
            recoveries.isEmpty() ? "–" : seconds(recoveries.getLast()),
            broken == 0 ? earlier : broken + " rules broken in these runs. " + earlier);
  }

  private static String line(Outcome run) {
    String statuses =
        run.evidence().purchases().stream()
            .collect(
                Collectors.groupingBy(Evidence.Bought::status, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(status -> status.getKey() + "=" + status.getValue())
            .collect(joining(" "));
    return Stream.of(
            run.plan().seed(),
            run.took().toSeconds(),
            run.effects().size(),
            run.evidence().purchases().size(),
            run.evidence().orders().size(),
            run.evidence().questions().size(),
            run.violations().size(),
            statuses)
        .map(Objects::toString)
        .collect(joining(","));
  }

  private static String line(Outcome run, Effect effect) {
    Duration recovery = effect.recovery();
    return "%d,\"%s\",%d,%s"
        .formatted(
            run.plan().seed(),
            effect.kind(),
            effect.hits(),
            recovery == null ? "" : recovery.toMillis());
  }

  private static int sum(List<Outcome> runs, Function<Outcome, Integer> number) {
    return runs.stream().map(number).reduce(0, Integer::sum);
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1_000.0);
  }

  /** What was found on the way, kind by kind, as people have written it down. */
  private static Properties found() {
    Properties properties = new Properties();
    try (InputStream in = Report.class.getResourceAsStream("/faults/found.properties")) {
      properties.load(Objects.requireNonNull(in, "found.properties"));
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
