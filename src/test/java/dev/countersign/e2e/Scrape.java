package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus gets from an application.
 *
 * @param types names of series to their types
 */
record Scrape(Map<String, String> types, List<Sample> samples) {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z0-9_:]+)(?:\\{(.*)})? (\\S+)(?: \\d+)?");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z0-9_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One value. */
  record Sample(String name, Map<String, String> labels, double value) {
    private static Sample of(Matcher read) {
      Map<String, String> labels = new HashMap<>();
      if (read.group(2) != null) {
        LABEL
            .matcher(read.group(2))
            .results()
            .forEach(label -> labels.put(label.group(1), label.group(2)));
      }
      return new Sample(
          read.group(1),
          labels,
          read.group(3).equals("+Inf")
              ? Double.POSITIVE_INFINITY
              : Double.parseDouble(read.group(3)));
    }
  }

  /** Of the application in this process. */
  static Scrape of(Product product) {
    return read(
        new Api("http://localhost:" + port(product), null).get("/actuator/prometheus").text());
  }

  /** Where that application has them. */
  static int port(Product product) {
    return product
        .application()
        .getEnvironment()
        .getRequiredProperty("local.management.port", Integer.class);
  }

  static Scrape read(String text) {
    Map<String, String> types = new HashMap<>();
    List<String> lines = text.lines().toList();
    lines.stream()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.split(" ", 4))
        .forEach(words -> types.put(words[2], words[3]));
    List<Sample> samples =
        lines.stream()
            .filter(line -> !line.startsWith("#"))
            .map(SAMPLE::matcher)
            .filter(Matcher::matches)
            .map(Sample::of)
            .toList();
    return new Scrape(types, samples);
  }

  /** The labels that the samples of a series have, but a bucket's end. */
  Set<String> labels(String series) {
    Set<String> labels = new TreeSet<>();
    samples.stream()
        .filter(sample ->
            sample.name().equals(series)
                || List.of("_bucket", "_sum", "_count").stream()
                    .anyMatch(suffix -> sample.name().equals(series + suffix)))
        .forEach(sample -> labels.addAll(sample.labels().keySet()));
    labels.remove("le");
    return labels;
  }

  /** The sum of those with these labels, written {@code name=value}, of which there are some. */
  double sum(String name, String... labels) {
    assertThat(those(name, labels)).as("%s %s", name, List.of(labels)).isNotEmpty();
    return sumIfAny(name, labels);
  }

  /** The same; 0: there are none. */
  double sumIfAny(String name, String... labels) {
    return those(name, labels).stream().mapToDouble(Sample::value).sum();
  }

  private List<Sample> those(String name, String... labels) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .filter(sample ->
            Arrays.stream(labels)
                .map(label -> label.split("=", 2))
                .allMatch(label -> label[1].equals(sample.labels().get(label[0]))))
        .toList();
  }
}
