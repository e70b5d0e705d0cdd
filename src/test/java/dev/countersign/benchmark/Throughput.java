package dev.countersign.benchmark;

import dev.countersign.benchmark.Plot.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * How many purchases a second are ordered when everything is approved at once, beside what
 * Temporal's server does of a bare workflow in the same run.
 */
final class Throughput implements Measurement {
  private static final int CHANGES = 2;

  /**
   * Flows, such as purchases.
   *
   * @param perSecond how many ended
   * @param workers milliseconds of processor time of the processes that work on one
   * @param server the same of Temporal's
   * @param driver the same of this process: who buys, the tenant and the shop
   */
  private record Flows(double perSecond, double workers, double server, double driver) {
    static Flows between(Flows one, Flows other) {
      return new Flows(
          (one.perSecond() + other.perSecond()) / 2,
          (one.workers() + other.workers()) / 2,
          (one.server() + other.server()) / 2,
          (one.driver() + other.driver()) / 2);
    }
  }

  /** One run. */
  private record Run(int processes, Flows purchases, Flows bare) {
    double ratio() {
      return purchases.perSecond() / bare.perSecond();
    }
  }

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public Result measure(Form form) throws Exception {
    List<Run> runs = new ArrayList<>();
    for (int processes : form.processes()) {
      runs.add(run(form, processes));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Run run : runs) {
      rows.add(
          row(
              "purchases, %d process%s"
                  .formatted(run.processes(), run.processes() == 1 ? "" : "es"),
              run.purchases(),
              String.format(Locale.ROOT, "%.2f", run.ratio())));
      rows.add(row("bare workflows beside them", run.bare(), "1"));
    }
    Table table =
        new Table(
            "throughput",
            List.of(
                "what",
                "a second",
                "of bare workflows",
                "workers: ms of CPU each",
                "Temporal: ms of CPU each",
                "tenant, shop and buyers: ms of CPU each"),
            rows);
    Plot plot =
        new Plot(
            "throughput",
            "Everything approved at once",
            "a second",
            runs.stream().map(run -> run.processes() + " processes").toList(),
            List.of(
                new Series(
                    "purchases", runs.stream().map(run -> run.purchases().perSecond()).toList()),
                new Series(
                    "bare workflows", runs.stream().map(run -> run.bare().perSecond()).toList())));
    return new Result(List.of(table), List.of(plot));
  }

  private static List<String> row(String what, Flows flows, String ratio) {
    return List.of(
        what,
        Table.tenths(flows.perSecond()),
        ratio,
        Table.tenths(flows.workers()),
        Table.tenths(flows.server()),
        Table.tenths(flows.driver()));
  }

  private static Run run(Form form, int processes) throws Exception {
    try (Stage stage = Stage.start(Stage.product(Duration.ofSeconds(1)), processes, Map.of())) {
      stage.product.tenant.approveAtOnce();
      buy(stage, form.purchases() / 2);
      Flows before = bare(stage, form);
      Flows purchases = buy(stage, form.purchases());
      return new Run(processes, purchases, Flows.between(before, bare(stage, form)));
    }
  }

  private static Flows buy(Stage stage, int number) {
    String product = "pen " + UUID.randomUUID().toString().substring(0, 8);
    int before = stage.product.shop.orderCount();
    Duration workers = stage.applicationCpu();
    Duration server = stage.server().cpu();
    Duration driver = ownCpu();
    long start = System.nanoTime();
    Stage.all(number, which -> stage.api(which, "alice").buy(1 + which, product));
    stage.awaitOrders(before + number);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Flows(
        number / seconds,
        millis(stage.applicationCpu().minus(workers)) / number,
        millis(stage.server().cpu().minus(server)) / number,
        millis(ownCpu().minus(driver)) / number);
  }

  private static Flows bare(Stage stage, Form form) throws Exception {
    Duration server = stage.server().cpu();
    int all = form.purchases() / 2 + form.purchases();
    BareWorkflow.Said said =
        BareWorkflow.Said.in(
            Jvm.run(
                BareWorkflow.class,
                stage.product.temporal.target(),
                "" + form.purchases() / 2,
                "" + form.purchases(),
                "" + CHANGES));
    return new Flows(
        said.perSecond(), said.cpuMillis(), millis(stage.server().cpu().minus(server)) / all, 0);
  }

  private static Duration ownCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
