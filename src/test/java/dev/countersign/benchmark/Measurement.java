package dev.countersign.benchmark;

import java.util.List;

/** One question that the benchmark answers by figures. */
interface Measurement {
  /** By which it is chosen, and by which the page marks its place. */
  String name();

  /** Starts all that it needs, measures, and ends it all. */
  Result measure(Form form) throws Exception;

  /** What it found. */
  record Result(List<Table> tables, List<Plot> plots) {}
}
