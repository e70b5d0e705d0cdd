package dev.countersign.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of docs/metrics.md. */
public final class MetricsTables {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private MetricsTables() {}

  /**
   * A row.
   *
   * @param labels in their order
   */
  public record Series(String name, String type, Set<String> labels) {}

  /** Those that this project makes. */
  public static List<Series> own() {
    return rows()
        .filter(row -> row.size() == 4)
        .map(row ->
            new Series(codes(row.get(0)).getFirst(), row.get(1), new TreeSet<>(codes(row.get(2)))))
        .toList();
  }

  /** What the meaning of one of them names: the values of a label. */
  public static List<String> values(String series) {
    return rows()
        .filter(row -> codes(row.getFirst()).contains(series))
        .flatMap(row -> codes(row.getLast()).stream())
        .toList();
  }

  /** Those of Temporal's SDK that are used. */
  public static List<Series> temporals() {
    return rows()
        .filter(row -> row.size() == 3 && row.getFirst().startsWith("`temporal_"))
        .flatMap(row ->
            codes(row.getFirst()).stream().map(name -> new Series(name, row.get(1), Set.of())))
        .toList();
  }

  /** The names by which samples of any of them go. */
  public static Set<String> sampleNames() {
    return Stream.concat(own().stream(), temporals().stream())
        .flatMap(series ->
            series.type().equals("histogram")
                ? Stream.of("_bucket", "_count", "_sum", "_max")
                    .map(suffix -> series.name() + suffix)
                : Stream.of(series.name()))
        .collect(Collectors.toSet());
  }

  private static Stream<List<String>> rows() {
    try {
      return Files.readAllLines(Path.of("docs/metrics.md")).stream()
          .filter(line -> line.startsWith("| `"))
          .map(line -> line.substring(1, line.length() - 1).split("\\|", -1))
          .map(cells -> Arrays.stream(cells).map(String::strip).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map((MatchResult found) -> found.group(1)).toList();
  }
}
