package dev.countersign.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Flows that went through, such as purchases.
 *
 * @param perSecond how many ended
 * @param millis milliseconds of processor time of one, party by party
 */
record Flows(double perSecond, List<Double> millis) {
  Flows {
    millis = List.copyOf(millis);
  }

  /** Lets a number of them through, and takes the time and what the parties used meanwhile. */
  static Flows timed(int number, List<Party> parties, Runnable flows) {
    List<Duration> before = parties.stream().map(party -> party.cpu().get()).toList();
    long start = System.nanoTime();
    flows.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Flows(number / seconds, used(number, parties, before));
  }

  /**
   * The same of bare workflows, which are timed by a process of their own: the first party.
   *
   * @param parties the others
   * @param number of all that it runs, those to warm up too
   */
  static Flows told(int number, List<Party> parties, Callable<BareWorkflow.Said> flows)
      throws Exception {
    List<Duration> before = parties.stream().map(party -> party.cpu().get()).toList();
    BareWorkflow.Said said = flows.call();
    List<Double> millis = new ArrayList<>(List.of(said.cpuMillis()));
    millis.addAll(used(number, parties, before));
    return new Flows(said.perSecond(), millis);
  }

  private static List<Double> used(int number, List<Party> parties, List<Duration> before) {
    return IntStream.range(0, parties.size())
        .mapToObj(party ->
            parties.get(party).cpu().get().minus(before.get(party)).toNanos() / 1e6 / number)
        .toList();
  }

  /** In the middle of two runs. */
  static Flows between(Flows one, Flows other) {
    return new Flows(
        (one.perSecond() + other.perSecond()) / 2,
        IntStream.range(0, one.millis().size())
            .mapToObj(party -> (one.millis().get(party) + other.millis().get(party)) / 2)
            .toList());
  }

  /** How many cores worked on them. */
  double cores() {
    return millis.stream().mapToDouble(Double::doubleValue).sum() * perSecond / 1_000;
  }
}
