package dev.countersign.benchmark;

import java.util.List;

/** What a sample of times looks like, in milliseconds. */
record Quantiles(double median, double p95, double p99, double longest) {

  /** Of a sample that isn't empty. */
  static Quantiles of(List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    return new Quantiles(at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), sorted.getLast());
  }

  private static double at(List<Double> sorted, double part) {
    return sorted.get((int) Math.min(sorted.size() - 1.0, Math.floor(part * sorted.size())));
  }
}
