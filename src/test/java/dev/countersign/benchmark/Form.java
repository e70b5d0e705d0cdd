package dev.countersign.benchmark;

import java.util.List;

/**
 * How much is measured.
 *
 * @param purchases of the measurement of throughput, a run
 * @param processes of the application, run by run
 * @param approvals whose way to the order is timed
 * @param pending how many approvals pend and are polled for, run by run
 * @param pinged how many pend of which pings tell, run by run
 * @param listed purchases that have ended; a tenth as many go on beside them
 * @param killed how many approvals pend when a process is killed
 * @param turns of the chat, of each kind
 * @param starts of the application, each way
 * @param viewers of event streams, at most 1,000
 * @param loads of the page, each way
 */
record Form(
    String name,
    int purchases,
    List<Integer> processes,
    int approvals,
    List<Integer> pending,
    List<Integer> pinged,
    int listed,
    int killed,
    int turns,
    int starts,
    int viewers,
    int loads) {
  private static final Form SHORT =
      new Form(
          "short",
          300,
          List.of(1),
          60,
          List.of(100, 1_000),
          List.of(1_000),
          500,
          200,
          100,
          3,
          200,
          10);
  private static final Form LONG =
      new Form(
          "long",
          1_000,
          List.of(1, 2, 3),
          300,
          List.of(100, 1_000, 5_000),
          List.of(1_000, 20_000, 50_000),
          10_000,
          1_000,
          500,
          7,
          1_000,
          30);

  /** The form of a name. */
  static Form named(String name) {
    return switch (name) {
      case "short" -> SHORT;
      case "long" -> LONG;
      default ->
          throw new IllegalArgumentException(
              "benchmark.form must be short or long, but is " + name);
    };
  }
}
