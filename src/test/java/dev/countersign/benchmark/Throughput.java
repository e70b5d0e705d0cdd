package dev.countersign.benchmark;

import dev.countersign.benchmark.Plot.Series;
import dev.countersign.e2e.JavaProcess;
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

  /** One run. */
  private record Run(
      int processes,
      double purchases,
      double bareBefore,
      double bareAfter,
      double appCpu,
      double serverCpu) {
    double bare() {
      return (bareBefore + bareAfter) / 2;
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
    List<List<String>> rows =
        runs.stream()
            .map(run ->
                List.of(
                    "" + run.processes(),
                    rounded(run.purchases()),
                    rounded(run.bareBefore()) + " / " + rounded(run.bareAfter()),
                    String.format(Locale.ROOT, "%.2f", run.purchases() / run.bare()),
                    rounded(run.appCpu()),
                    rounded(run.serverCpu())))
            .toList();
    Table table =
        new Table(
            "throughput",
            List.of(
                "processes",
                "purchases/s",
                "bare workflows/s before / after",
                "ratio",
                "application: ms of CPU a purchase",
                "Temporal: ms of CPU a purchase"),
            rows);
    Plot plot =
        new Plot(
            "throughput",
            "Everything approved at once",
            "a second",
            runs.stream().map(run -> run.processes() + " processes").toList(),
            List.of(
                new Series("purchases", runs.stream().map(Run::purchases).toList()),
                new Series("bare workflows", runs.stream().map(Run::bare).toList())));
    return new Result(List.of(table), List.of(plot));
  }

  private static Run run(Form form, int processes) throws Exception {
    try (Stage stage = Stage.start(Stage.product(Duration.ofSeconds(1)), processes, Map.of())) {
      stage.product.tenant.approveAtOnce();
      buy(stage, form.purchases() / 2);
      double before = bare(stage, form);
      Duration appCpu = stage.applicationCpu();
      JavaProcess server = stage.server();
      Duration serverCpu = server.cpu();
      double purchases = buy(stage, form.purchases());
      double app = millis(stage.applicationCpu().minus(appCpu)) / form.purchases();
      double temporal = millis(server.cpu().minus(serverCpu)) / form.purchases();
      return new Run(processes, purchases, before, bare(stage, form), app, temporal);
    }
  }

  /** Returns how many a second. */
  private static double buy(Stage stage, int number) {
    String product = "pen " + UUID.randomUUID().toString().substring(0, 8);
    int before = stage.product.shop.orderCount();
    long start = System.nanoTime();
    Stage.all(number, which -> stage.api(which, "alice").buy(1 + which, product));
    stage.awaitOrders(before + number);
    return number * 1e9 / (System.nanoTime() - start);
  }

  private static double bare(Stage stage, Form form) throws Exception {
    String said =
        Jvm.run(
            BareWorkflow.class,
            stage.product.temporal.target(),
            "" + form.purchases() / 2,
            "" + form.purchases(),
            "" + CHANGES);
    return said.lines()
        .filter(line -> line.startsWith(BareWorkflow.SAID))
        .mapToDouble(line -> Double.parseDouble(line.substring(BareWorkflow.SAID.length())))
        .findFirst()
        .orElseThrow();
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }

  private static String rounded(double figure) {
    return String.format(Locale.ROOT, "%.1f", figure);
  }
}
