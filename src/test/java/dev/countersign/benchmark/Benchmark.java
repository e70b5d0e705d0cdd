package dev.countersign.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Measures, and writes the figures into the page: {@code ./mvnw -Pbenchmark verify}. By {@code
 * -Dbenchmark.form=long} it measures longer and larger, and by {@code
 * -Dbenchmark.only=throughput,latency} only what is named. It asserts no figure.
 */
class Benchmark {
  private static final List<Measurement> ALL =
      List.of(
          new Throughput(),
          new Postgresql(),
          new Scale(),
          new Latency(),
          new Pending(),
          new Lists(),
          new Recovery(),
          new Chat(),
          new Start(),
          new Streams(),
          new FirstPaint());

  /** All that is chosen, one after the other, for they share the machine. */
  @Test
  void writesThePage() throws Exception {
    Form form = Form.named(System.getProperty("benchmark.form", "short"));
    String only = System.getProperty("benchmark.only", "");
    Set<String> chosen = only.isEmpty() ? Set.of() : Set.of(only.split(","));
    assertThat(ALL).extracting(Measurement::name).containsAll(chosen);
    assertThat(ALL)
        .filteredOn(measurement -> chosen.contains(measurement.name()))
        .allSatisfy(
            measurement -> assertThat(measurement.lacks()).as(measurement.name()).isEmpty());
    Path docs = Path.of(System.getProperty("benchmark.docs", "docs"));
    Page page = new Page(docs.resolve("performance.md"), docs.resolve("performance"));
    for (Measurement measurement : ALL) {
      Optional<String> lacks = measurement.lacks();
      if (chosen.isEmpty() && lacks.isPresent()) {
        System.out.println("Left out: " + measurement.name() + ". " + lacks.get() + ".");
      } else if (chosen.isEmpty() || chosen.contains(measurement.name())) {
        Measurement.Result result = measurement.measure(form);
        page.write(measurement, result, form, Machine.sentence(measurement.versions()));
        result.tables().forEach(table -> System.out.println(table.toMarkdown()));
      }
    }
  }
}
