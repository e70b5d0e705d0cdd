package dev.countersign.benchmark;

import static org.awaitility.Awaitility.await;

import dev.countersign.e2e.AppProcess;
import dev.countersign.e2e.JavaProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What approvals cost while they pend: memory, processor time and writes, process by process. */
final class Pending implements Measurement {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration WATCHED = Duration.ofMinutes(1);
  private static final Duration LIFE = Duration.ofHours(2);

  /** What was used within the watched time, or is used at its end. */
  private record Use(
      double polls,
      double appMillis,
      double serverMillis,
      double serverWrites,
      long residentBytes,
      long heapBytes) {}

  @Override
  public String name() {
    return "pending";
  }

  @Override
  public Result measure(Form form) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    List<Double> app = new ArrayList<>();
    List<Double> server = new ArrayList<>();
    for (int pending : form.pending()) {
      Use use = measure(pending);
      app.add(use.appMillis());
      server.add(use.serverMillis());
      rows.add(
          List.of(
              String.format(Locale.ROOT, "%,d", pending),
              Table.tenths(use.polls())
                  + " of "
                  + Table.tenths((double) pending / INTERVAL.toSeconds()),
              Table.tenths(use.appMillis()),
              Table.tenths(use.serverMillis()),
              Table.tenths(use.serverWrites()),
              "" + (use.residentBytes() >> 20),
              "" + (use.heapBytes() >> 20)));
    }
    Table table =
        new Table(
            "pending",
            List.of(
                "pending",
                "polls/s",
                "application: ms of CPU a pending and minute",
                "Temporal: ms of CPU a pending and minute",
                "Temporal: writes a pending and minute",
                "resident, MiB",
                "heap after a collection, MiB"),
            rows);
    Plot plot =
        new Plot(
            "pending",
            "Processor time of a pending approval",
            "ms a minute",
            form.pending().stream().map(number -> number + " pending").toList(),
            List.of(new Plot.Series("application", app), new Plot.Series("Temporal", server)));
    return new Result(List.of(table), List.of(plot));
  }

  private static Use measure(int pending) throws Exception {
    try (Stage stage =
        Stage.start(
            Stage.product(INTERVAL),
            1,
            Map.of(
                "COUNTERSIGN_APPROVAL_REQUESTEDEXPIRY", LIFE.toSeconds() + "s",
                "COUNTERSIGN_APPROVAL_BURST", LIFE.toSeconds() + "s",
                "COUNTERSIGN_APPROVAL_SLOTS", "" + Math.max(10_000, 2 * pending)))) {
      Stage.all(
          pending,
          number -> stage.api(number, "alice").buy(1 + number % 1_000, "pen " + number / 1_000));
      await().atMost(Stage.PATIENCE).until(() -> polled(stage) >= pending);
      AppProcess app = stage.apps.getFirst();
      JavaProcess server = stage.server();
      app.usage().heapBytesAfterCollection();
      Duration appCpu = app.usage().cpu();
      Duration serverCpu = server.cpu();
      long writes = server.writes();
      long polls = polls(stage);
      long start = System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(WATCHED.toNanos());
      double seconds = (System.nanoTime() - start) / 1e9;
      double each = pending * seconds / 60;
      return new Use(
          (polls(stage) - polls) / seconds,
          app.usage().cpu().minus(appCpu).toNanos() / 1e6 / each,
          server.cpu().minus(serverCpu).toNanos() / 1e6 / each,
          (server.writes() - writes) / each,
          app.usage().residentBytes(),
          app.usage().heapBytesAfterCollection());
    }
  }

  private static long polled(Stage stage) {
    return stage.product.tenant.polls().stream()
        .filter(request -> !request.polls().isEmpty())
        .count();
  }

  private static long polls(Stage stage) {
    return stage.product.tenant.polls().stream().mapToLong(request -> request.polls().size()).sum();
  }
}
