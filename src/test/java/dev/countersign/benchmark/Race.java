package dev.countersign.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Purchases that are approved at once, and what Temporal's servers do of a bare workflow before and
 * after them.
 *
 * @param name of what was varied
 */
record Race(String name, Flows purchases, Flows bare) {
  private static final int CHANGES = 2;

  /**
   * Before what is measured of either: until then the runtimes still compile much of their code.
   */
  private static final int TO_WARM_UP = 600;

  /**
   * Runs it.
   *
   * @param target where bare workflows find Temporal
   * @param servers whose processor time is counted, beside the workers' and this process'
   */
  static Race run(String name, Stage stage, String target, List<Party> servers, Form form)
      throws Exception {
    stage.product.tenant.approveAtOnce();
    buy(stage, TO_WARM_UP, servers);
    Flows before = bare(target, form, servers);
    Flows purchases = buy(stage, form.purchases(), servers);
    return new Race(name, purchases, Flows.between(before, bare(target, form, servers)));
  }

  /** Lets a number of purchases through; the application's processes are the first party. */
  static Flows buy(Stage stage, int number, List<Party> servers) {
    String product = "pen " + UUID.randomUUID().toString().substring(0, 8);
    int before = stage.product.shop.orderCount();
    return Flows.timed(
        number,
        Stream.of(
                Stream.of(new Party(Party.WORKERS, stage::applicationCpu)),
                servers.stream(),
                Stream.of(Party.driver()))
            .flatMap(parties -> parties)
            .toList(),
        () -> {
          Stage.all(number, which -> stage.api(which, "alice").buy(1 + which, product));
          stage.awaitOrders(before + number);
        });
  }

  private static Flows bare(String target, Form form, List<Party> servers) throws Exception {
    return Flows.told(
        TO_WARM_UP + form.purchases(),
        Stream.concat(servers.stream(), Stream.of(Party.driver())).toList(),
        () ->
            BareWorkflow.Said.in(
                Jvm.run(
                    BareWorkflow.class,
                    target,
                    "" + TO_WARM_UP,
                    "" + form.purchases(),
                    "" + CHANGES)));
  }

  /** What came of some, which were run on the same kinds of servers. */
  static Measurement.Result result(
      String file, String title, List<String> servers, List<Race> races) {
    List<String> columns = new ArrayList<>(List.of("what", "a second", "of bare workflows"));
    Stream.of(Stream.of(Party.WORKERS), servers.stream(), Stream.of(Party.driver().name()))
        .flatMap(names -> names)
        .forEach(party -> columns.add(party + ": ms of CPU each"));
    columns.add("cores that work on it");
    List<List<String>> rows = new ArrayList<>();
    for (Race race : races) {
      double ratio = race.purchases().perSecond() / race.bare().perSecond();
      rows.add(row("purchases, " + race.name(), race.purchases(), Table.hundredths(ratio)));
      rows.add(row("bare workflows beside them", race.bare(), "1"));
    }
    Plot plot =
        new Plot(
            file,
            title,
            "a second",
            races.stream().map(Race::name).toList(),
            List.of(
                new Plot.Series(
                    "purchases", races.stream().map(race -> race.purchases().perSecond()).toList()),
                new Plot.Series(
                    "bare workflows",
                    races.stream().map(race -> race.bare().perSecond()).toList())));
    return new Measurement.Result(List.of(new Table(file, columns, rows)), List.of(plot));
  }

  private static List<String> row(String what, Flows flows, String ratio) {
    List<String> row = new ArrayList<>(List.of(what, Table.tenths(flows.perSecond()), ratio));
    flows.millis().forEach(millis -> row.add(Table.tenths(millis)));
    row.add(Table.tenths(flows.cores()));
    return row;
  }

  /** So many processes, in words. */
  static String processes(int number) {
    return number == 1 ? "1 process" : number + " processes";
  }
}
