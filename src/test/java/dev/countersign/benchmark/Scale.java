package dev.countersign.benchmark;

import dev.countersign.composed.TemporalOnPostgresql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether more processes do more, on a machine that has no more: each process of one kind gets a
 * share of a core, so that they are what limits the rate, and there are more and more of them.
 */
final class Scale implements Measurement {
  private static final double CORES = 0.2;
  private static final int MOST = 3;
  private static final int TO_WARM_UP = 400; // without shares, which would take minutes
  private static final int PURCHASES = 200;

  /** A row: how many there were of either, and what came of it. */
  private record Run(String what, int number, Flows flows) {}

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public Optional<String> lacks() {
    return Share.possible()
        ? Postgresql.missing()
        : Optional.of("This user can't make control groups for the processor");
  }

  @Override
  public String option() {
    return new Postgresql().option();
  }

  @Override
  public List<String> versions() {
    return new Postgresql().versions();
  }

  @Override
  public Result measure(Form form) throws Exception {
    List<Run> applications = new ArrayList<>();
    List<Run> servers = new ArrayList<>();
    for (int number = 1; number <= MOST; number++) {
      try (TemporalOnPostgresql temporal = Postgresql.servers(1);
          Stage stage = Postgresql.stage(temporal, number)) {
        applications.add(
            run(
                "application",
                number,
                temporal,
                stage,
                stage.apps.stream().map(app -> app.usage().process()).toList()));
      }
      try (TemporalOnPostgresql temporal = Postgresql.servers(number);
          Stage stage = Postgresql.stage(temporal, MOST)) {
        servers.add(run("Temporal", number, temporal, stage, temporal.processes()));
      }
    }
    List<String> columns =
        new ArrayList<>(
            List.of("what has a share", "processes", "purchases a second", "beside one process"));
    Stream.of(List.of(Party.WORKERS), Postgresql.PARTIES, List.of(Party.driver().name()))
        .flatMap(List::stream)
        .forEach(party -> columns.add(party + ": ms of CPU each"));
    columns.add("cores that work on it");
    List<List<String>> rows =
        Stream.of(applications, servers)
            .flatMap(runs -> runs.stream().map(run -> row(run, runs.getFirst())))
            .toList();
    Plot plot =
        new Plot(
            "scale",
            "Processes with %.1f of a core each".formatted(CORES),
            "purchases a second",
            applications.stream().map(run -> Race.processes(run.number())).toList(),
            List.of(series(applications), series(servers)));
    return new Result(List.of(new Table("scale", columns, rows)), List.of(plot));
  }

  private static Run run(
      String what,
      int number,
      TemporalOnPostgresql temporal,
      Stage stage,
      List<ProcessHandle> limited) {
    List<Party> parties = Postgresql.parties(temporal);
    stage.product.tenant.approveAtOnce();
    Race.buy(stage, TO_WARM_UP, parties);
    List<Share> shares = limited.stream().map(process -> Share.of(CORES, process)).toList();
    try {
      return new Run(what, number, Race.buy(stage, PURCHASES, parties));
    } finally {
      shares.forEach(Share::close);
    }
  }

  private static List<String> row(Run run, Run one) {
    Flows flows = run.flows();
    List<String> row =
        new ArrayList<>(
            List.of(
                run.what(),
                "" + run.number(),
                Table.tenths(flows.perSecond()),
                Table.tenths(flows.perSecond() / one.flows().perSecond()) + " ×"));
    flows.millis().forEach(millis -> row.add(Table.tenths(millis)));
    row.add(Table.tenths(flows.cores()));
    return row;
  }

  private static Plot.Series series(List<Run> runs) {
    return new Plot.Series(
        runs.getFirst().what(), runs.stream().map(run -> run.flows().perSecond()).toList());
  }
}
