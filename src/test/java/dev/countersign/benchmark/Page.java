package dev.countersign.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The page of the figures: prose that people write, and between marks, such as {@code <!-- figures:
 * throughput -->} and {@code <!-- end -->}, what a measurement found last.
 */
final class Page {
  private static final String END = "<!-- end -->";

  private final Path file;
  private final Path data;

  /**
   * A page.
   *
   * @param file exists, and has the marks of all measurements
   * @param data the folder of plots and raw figures
   */
  Page(Path file, Path data) {
    this.file = file;
    this.data = data;
  }

  /** Writes what a measurement has found in place of what it found before. */
  void write(Measurement measurement, Measurement.Result result, Form form, String machine)
      throws IOException {
    Files.createDirectories(data);
    List<String> parts = new ArrayList<>();
    parts.add(
        "Measured %s in the %s form (`./mvnw -Pbenchmark verify -Dbenchmark.form=%s -Dbenchmark.only=%s%s`) on %s"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                form.name(),
                form.name(),
                measurement.name(),
                measurement.option(),
                machine));
    for (Table table : result.tables()) {
      Files.writeString(data.resolve(table.name() + ".csv"), table.toCsv());
      parts.add(table.toMarkdown());
      parts.add(
          "Raw: [%s.csv](%s/%s.csv)".formatted(table.name(), data.getFileName(), table.name()));
    }
    for (Plot plot : result.plots()) {
      plot.write(data);
      parts.add("![%s](%s/%s.svg)".formatted(plot.title(), data.getFileName(), plot.name()));
    }
    Files.writeString(file, replaced(measurement.name(), String.join("\n\n", parts)));
  }

  private String replaced(String name, String figures) throws IOException {
    String page = Files.readString(file);
    String mark = "<!-- figures: " + name + " -->";
    int begin = page.indexOf(mark);
    int end = page.indexOf(END, begin);
    if (begin < 0 || end < 0) {
      throw new IllegalStateException(file + " has no place for the figures of " + name);
    }
    return page.substring(0, begin + mark.length())
        + "\n\n"
        + figures
        + "\n\n"
        + page.substring(end);
  }
}
