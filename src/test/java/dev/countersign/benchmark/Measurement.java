package dev.countersign.benchmark;

import java.util.List;
import java.util.Optional;

/** One question that the benchmark answers by figures. */
interface Measurement {
  /** By which it is chosen, and by which the page marks its place. */
  String name();

  /** What must be given to it, and isn't here; empty: nothing. */
  default Optional<String> lacks() {
    return Optional.empty();
  }

  /** Versions of what it runs that no other measurement does. */
  default List<String> versions() {
    return List.of();
  }

  /** What its command needs beside its name, for whoever repeats it; empty: nothing. */
  default String option() {
    return "";
  }

  /** Starts all that it needs, measures, and ends it all. */
  Result measure(Form form) throws Exception;

  /** What it found. */
  record Result(List<Table> tables, List<Plot> plots) {}
}
