package dev.countersign.benchmark;

import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.tenant.PollLog;
import dev.countersign.e2e.AppProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** How soon every pending approval is polled again after {@code kill -9}. */
final class Recovery implements Measurement {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration LIFE = Duration.ofHours(2);
  private static final int SETTLED = 3; // polls of each before the kill

  /**
   * What came after a kill.
   *
   * @param ready milliseconds from the kill until the API answered again; empty: it never stopped
   * @param polled the same until the next poll of each approval
   * @param tooSoon how many polls the provider has called too soon
   */
  private record Recovered(Optional<Double> ready, Quantiles polled, long tooSoon) {}

  @Override
  public String name() {
    return "recovery";
  }

  @Override
  public Result measure(Form form) throws Exception {
    Recovered restarted = measure(form.killed(), 1);
    Recovered left = measure(form.killed(), 2);
    Table table =
        new Table(
            "recovery",
            List.of(
                "killed",
                "pending",
                "API answers again after, s",
                "polled again after: median, s",
                "95 %, s",
                "all, s",
                "polls too soon"),
            List.of(
                row("the only process, started again at once", form.killed(), restarted),
                row("one of two processes", form.killed(), left)));
    List<Recovered> both = List.of(restarted, left);
    Plot plot =
        new Plot(
            "recovery",
            "From the kill to the next poll",
            "s",
            List.of("started again", "one of two"),
            List.of(
                new Plot.Series(
                    "median", both.stream().map(one -> one.polled().median() / 1e3).toList()),
                new Plot.Series(
                    "all", both.stream().map(one -> one.polled().longest() / 1e3).toList())));
    return new Result(List.of(table), List.of(plot));
  }

  private static List<String> row(String killed, int pending, Recovered recovered) {
    Quantiles polled = recovered.polled();
    return List.of(
        killed,
        Table.whole(pending),
        recovered.ready().map(millis -> Table.tenths(millis / 1e3)).orElse("–"),
        Table.tenths(polled.median() / 1e3),
        Table.tenths(polled.p95() / 1e3),
        Table.tenths(polled.longest() / 1e3),
        "" + recovered.tooSoon());
  }

  private static Recovered measure(int pending, int processes) {
    try (Stage stage =
        Stage.start(
            Stage.product(INTERVAL),
            processes,
            Map.of(
                "COUNTERSIGN_APPROVAL_REQUESTEDEXPIRY", LIFE.toSeconds() + "s",
                "COUNTERSIGN_APPROVAL_BURST", LIFE.toSeconds() + "s"))) {
      stage.buy(pending, List.of("alice"));
      await()
          .atMost(Stage.PATIENCE)
          .until(() -> each(stage, pending, one -> one.polls().size() >= SETTLED));
      AppProcess killed = stage.apps.getFirst();
      Instant death = Instant.now();
      killed.kill();
      Optional<Double> ready = Optional.empty();
      if (processes == 1) {
        killed.launchAgain();
        killed.awaitReady();
        ready = Optional.of(millis(death, Instant.now()));
      }
      await()
          .atMost(Stage.PATIENCE)
          .until(() -> each(stage, pending, one -> next(one, death).isPresent()));
      List<Double> polled = new ArrayList<>();
      for (PollLog one : stage.product.tenant.polls()) {
        polled.add(millis(death, next(one, death).orElseThrow()));
      }
      return new Recovered(ready, Quantiles.of(polled), tooSoon(stage));
    }
  }

  private static boolean each(Stage stage, int pending, Predicate<PollLog> wanted) {
    List<PollLog> asked = stage.product.tenant.polls();
    return asked.size() >= pending && asked.stream().allMatch(wanted);
  }

  private static Optional<Instant> next(PollLog asked, Instant moment) {
    return asked.polls().stream().map(PollLog.Poll::at).filter(moment::isBefore).findFirst();
  }

  private static long tooSoon(Stage stage) {
    return stage.product.tenant.polls().stream()
        .flatMap(asked -> asked.polls().stream())
        .filter(poll -> poll.answer().equals("SlowDown"))
        .count();
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }
}
