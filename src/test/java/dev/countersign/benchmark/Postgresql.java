package dev.countersign.benchmark;

import dev.countersign.composed.PostgresqlServer;
import dev.countersign.composed.TemporalOnPostgresql;
import dev.countersign.devservices.tenant.TenantSettings;
import dev.countersign.e2e.Product;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same as {@link Throughput} with Temporal's servers on PostgreSQL, as {@code
 * docker-compose.yml} has them: one, and two that share the work. They can't be fetched as a
 * package: {@code -Dbenchmark.temporal} names the folder of their programs.
 */
final class Postgresql implements Measurement {
  private static final String BINARIES = System.getProperty("benchmark.temporal", "");
  static final List<String> PARTIES = List.of("Temporal", "PostgreSQL");
  private static final List<Integer> SERVERS = List.of(1, 2);

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public Optional<String> lacks() {
    return missing();
  }

  /** What such a server needs and isn't here. */
  static Optional<String> missing() {
    if (BINARIES.isEmpty()) {
      return Optional.of(
          "-Dbenchmark.temporal doesn't name the folder of temporal-server and temporal-sql-tool");
    }
    return PostgresqlServer.binaries().isPresent()
        ? Optional.empty()
        : Optional.of("PostgreSQL isn't installed");
  }

  @Override
  public String option() {
    return " -Dbenchmark.temporal=temporal-server";
  }

  @Override
  public List<String> versions() {
    return TemporalOnPostgresql.versions(Path.of(BINARIES));
  }

  @Override
  public Result measure(Form form) throws Exception {
    List<Race> races = new ArrayList<>();
    for (int servers : SERVERS) {
      for (int processes : form.processes()) {
        races.add(race(form, servers, processes));
      }
    }
    return Race.result("postgresql", "Everything approved at once, on PostgreSQL", PARTIES, races);
  }

  private static Race race(Form form, int servers, int processes) throws Exception {
    try (TemporalOnPostgresql temporal = servers(servers);
        Stage stage = stage(temporal, processes)) {
      return Race.run(
          Race.processes(processes)
              + (servers == 1 ? ", 1 server" : ", %d servers".formatted(servers)),
          stage,
          temporal.target(0),
          parties(temporal),
          form);
    }
  }

  /** So many servers on one database. */
  static TemporalOnPostgresql servers(int number) throws IOException {
    return TemporalOnPostgresql.start(Path.of(BINARIES), number);
  }

  /** Processes of the application, which take turns at the servers. */
  static Stage stage(TemporalOnPostgresql temporal, int processes) {
    return Stage.start(
        Product.beside(
            temporal.target(0), TenantSettings.on(0, null).withInterval(Duration.ofSeconds(1))),
        processes,
        process -> Map.of("TEMPORAL_ADDRESS", temporal.target(process)));
  }

  /** The servers and their database, in the order of {@link #PARTIES}. */
  static List<Party> parties(TemporalOnPostgresql temporal) {
    return List.of(
        new Party(PARTIES.getFirst(), temporal::cpu),
        new Party(PARTIES.getLast(), temporal::databaseCpu));
  }
}
