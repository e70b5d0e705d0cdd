package dev.countersign.benchmark;

import static org.awaitility.Awaitility.await;

import dev.countersign.e2e.AppProcess;
import dev.countersign.e2e.JavaProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What approvals cost while they pend: memory, processor time and writes, process by process. */
final class Pending implements Measurement {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration WATCHED = Duration.ofMinutes(1);
  private static final Duration SETTLED = Duration.ofSeconds(30);
  private static final Duration LIFE = Duration.ofHours(4);

  /** Begun at a time: what is begun faster than it goes on stands in line at Temporal for long. */
  private static final int PORTION = 500;

  /** Of those that take turns. */
  private static final int MANY = 1_000;

  private static final List<String> USERS = List.of("alice", "bob", "carol", "olivia");

  /** In ping mode: when a lost ping is looked for first. */
  private static final Duration SAFETY = Duration.ofHours(1);

  /** How approvals pend. */
  private record Way(String name, @Nullable Duration betweenPolls, Map<String, String> settings) {
    private static final Way POLLED =
        new Way(
            "poll, 5 s", INTERVAL, Map.of("COUNTERSIGN_APPROVAL_BURST", LIFE.toSeconds() + "s"));

    /** As questions of more than ten minutes are, unless it is set otherwise. */
    private static final Way IN_TURNS =
        new Way("poll, 5 s, an attempt each time", INTERVAL, Map.of());

    private static final Way PINGED =
        new Way(
            "ping, looked after from 1 h on",
            null,
            Map.of(
                "CIBA_DELIVERY_MODE",
                "ping",
                "COUNTERSIGN_CIBA_SAFETYINTERVAL",
                SAFETY.toSeconds() + "s"));
  }

  /**
   * What was used within the watched time, or is used at its end.
   *
   * @param polls a second
   * @param longestGap between two polls of one request
   * @param appMillis of processor time, a minute
   * @param serverMillis the same of Temporal's server
   * @param serverWrites of that server to files and connections, a minute
   */
  private record Use(
      Way way,
      int pending,
      double polls,
      Duration longestGap,
      double appMillis,
      double serverMillis,
      double serverWrites,
      long residentBytes,
      long heapBytes) {

    double each(double all) {
      return all / Math.max(1, pending);
    }
  }

  @Override
  public String name() {
    return "pending";
  }

  @Override
  public Result measure(Form form) throws Exception {
    Use idle = measure(Way.POLLED, 0);
    List<Use> uses = new ArrayList<>();
    for (int pending : form.pending()) {
      uses.add(measure(Way.POLLED, pending));
    }
    uses.add(measure(Way.IN_TURNS, MANY));
    for (int pending : form.pinged()) {
      uses.add(measure(Way.PINGED, pending));
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(row(idle, List.of("", "", "", "")));
    for (Use use : uses) {
      rows.add(
          row(
              use,
              List.of(
                  Table.hundredths(use.each(use.appMillis())),
                  Table.hundredths(use.each(use.serverMillis())),
                  Table.hundredths(use.each(use.serverWrites() - idle.serverWrites())),
                  Table.tenths(use.each((use.heapBytes() - idle.heapBytes()) / 1_024.0)))));
    }
    Table table =
        new Table(
            "pending",
            List.of(
                "pending",
                "how",
                "polls/s",
                "longest between two polls, s",
                "application: s of CPU a minute",
                "Temporal: s of CPU a minute",
                "resident, MiB",
                "heap after a collection, MiB",
                "each: application, ms of CPU a minute",
                "each: Temporal, ms of CPU a minute",
                "each, above none: Temporal's writes a minute",
                "each, above none: heap, KiB"),
            rows);
    Plot plot =
        new Plot(
            "pending",
            "Processor time of a pending approval",
            "ms a minute",
            uses.stream().map(use -> use.pending() + " by " + use.way().name()).toList(),
            List.of(
                new Plot.Series(
                    "application", uses.stream().map(use -> use.each(use.appMillis())).toList()),
                new Plot.Series(
                    "Temporal", uses.stream().map(use -> use.each(use.serverMillis())).toList())));
    return new Result(List.of(table), List.of(plot));
  }

  private static List<String> row(Use use, List<String> each) {
    List<String> row = new ArrayList<>();
    row.add(Table.whole(use.pending()));
    row.add(use.pending() == 0 ? "" : use.way().name());
    row.add(Table.tenths(use.polls()) + ideal(use));
    row.add(
        use.pending() == 0 || use.way().betweenPolls() == null
            ? ""
            : Table.tenths(use.longestGap().toMillis() / 1_000.0));
    row.add(Table.hundredths(use.appMillis() / 1_000));
    row.add(Table.hundredths(use.serverMillis() / 1_000));
    row.add("" + (use.residentBytes() >> 20));
    row.add("" + (use.heapBytes() >> 20));
    row.addAll(each);
    return row;
  }

  private static String ideal(Use use) {
    Duration between = use.way().betweenPolls();
    return between == null
        ? ""
        : " of " + Table.tenths((double) use.pending() / between.toSeconds());
  }

  private static Use measure(Way way, int pending) throws Exception {
    try (SilentProvider provider = SilentProvider.start(INTERVAL, LIFE);
        Stage stage = Stage.start(Stage.product(INTERVAL), 1, settings(way, provider, pending));
        Awaited awaited = new Awaited(stage.product.temporal.target())) {
      for (int bought = 0; bought < pending; bought += PORTION) {
        int all = Math.min(pending, bought + PORTION);
        stage.buy(bought, all - bought, USERS);
        await().atMost(Stage.PATIENCE).until(() -> awaited.count() >= all);
      }
      TimeUnit.NANOSECONDS.sleep(SETTLED.toNanos());
      AppProcess app = stage.apps.getFirst();
      JavaProcess server = stage.server();
      app.usage().heapBytesAfterCollection();
      Duration appCpu = app.usage().cpu();
      Duration serverCpu = server.cpu();
      long writes = server.writes();
      long polls = provider.polls();
      provider.watch();
      long start = System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(WATCHED.toNanos());
      double seconds = (System.nanoTime() - start) / 1e9;
      double minutes = seconds / 60;
      return new Use(
          way,
          pending,
          (provider.polls() - polls) / seconds,
          provider.longestGap(),
          app.usage().cpu().minus(appCpu).toNanos() / 1e6 / minutes,
          server.cpu().minus(serverCpu).toNanos() / 1e6 / minutes,
          (server.writes() - writes) / minutes,
          app.usage().residentBytes(),
          app.usage().heapBytesAfterCollection());
    }
  }

  private static Map<String, String> settings(Way way, SilentProvider provider, int pending) {
    Map<String, String> settings = new HashMap<>(provider.settings());
    settings.putAll(way.settings());
    settings.put("COUNTERSIGN_APPROVAL_REQUESTEDEXPIRY", LIFE.toSeconds() + "s");
    settings.put("COUNTERSIGN_APPROVAL_SLOTS", "" + Math.max(10_000, 2 * pending));
    return settings;
  }
}
