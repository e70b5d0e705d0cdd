package dev.countersign.composed;

import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.loopback.FreePort;
import dev.countersign.devservices.temporal.TemporalLauncher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Temporal on PostgreSQL as {@code docker-compose.yml} has it: the environment of its service
 * {@code temporal}, the scripts that make the databases, the namespace and the search attributes,
 * and the limits of {@code deploy/temporal}. Only addresses differ: all of it is on loopback, on
 * free ports. There may be several servers, each with every role, which share the work. They write
 * to {@code target/e2e/temporal-<number>.log}, and are gone with their database when this is
 * closed.
 */
public final class TemporalOnPostgresql implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final String PASSWORD = "temporal-on-loopback";
  private static final Path LOGS = Path.of("target", "e2e");

  private record Server(Process process, int port) {
    boolean listens() {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected();
      } catch (IOException _) {
        return false;
      }
    }
  }

  private final ComposeFile file;
  private final Path binaries;
  private final PostgresqlServer database;
  private final List<Server> servers = new ArrayList<>();

  private TemporalOnPostgresql(ComposeFile file, Path binaries, PostgresqlServer database) {
    this.file = file;
    this.binaries = binaries;
    this.database = database;
  }

  /**
   * Returns when it serves and the namespace is there.
   *
   * @param binaries the folder of {@code temporal-server} and {@code temporal-sql-tool}
   * @throws IllegalArgumentException if they aren't there
   */
  public static TemporalOnPostgresql start(Path binaries, int servers) throws IOException {
    for (String program : List.of("temporal-server", "temporal-sql-tool")) {
      if (!Files.isExecutable(binaries.resolve(program))) {
        throw new IllegalArgumentException("There is no " + program + " in " + binaries);
      }
    }
    Files.createDirectories(LOGS);
    ComposeFile file = ComposeFile.with(Map.of("POSTGRES_PASSWORD", PASSWORD));
    List<String> command = file.command("postgresql");
    PostgresqlServer database =
        PostgresqlServer.start(
            file.environment("postgresql").getOrDefault("POSTGRES_USER", "postgres"),
            PASSWORD,
            command.subList(1, command.size()),
            LOGS.resolve("postgresql.log"));
    TemporalOnPostgresql temporal =
        new TemporalOnPostgresql(file, binaries.toAbsolutePath(), database);
    try {
      temporal.makeDatabases();
      for (int server = 0; server < servers; server++) {
        temporal.launch(server); // one after the other: the first writes what is the cluster's
      }
      temporal.makeNamespace();
    } catch (RuntimeException | IOException e) {
      temporal.close();
      throw e;
    }
    return temporal;
  }

  /**
   * What the programs say of themselves.
   *
   * @param binaries as {@link #start} has them
   */
  public static List<String> versions(Path binaries) {
    return Stream.of(
            binaries.resolve("temporal-server"),
            PostgresqlServer.binaries().orElseThrow().resolve("postgres"))
        .map(program -> Script.said(List.of(program.toString(), "--version")))
        .toList();
  }

  private void makeDatabases() {
    String script =
        replaced(
            file.script("temporal-schema"),
            "--ep postgresql -p 5432",
            "--ep 127.0.0.1 -p " + database.port());
    Script.run(
        script,
        file.environment("temporal-schema"),
        List.of(binaries),
        LOGS.resolve("temporal-schema.log"));
  }

  private void makeNamespace() {
    String script =
        replaced(
            file.script("temporal-namespace"),
            "$(getent ahosts temporal | awk '/STREAM/ { print $1; exit }'):7233",
            target(0));
    Path commands = TemporalLauncher.binary().toAbsolutePath().resolveSibling("");
    Script.run(script, Map.of(), List.of(commands), LOGS.resolve("temporal-namespace.log"));
  }

  private static String replaced(String script, String there, String here) {
    if (!script.contains(there)) {
      throw new IllegalStateException("No " + there + " in " + script);
    }
    return script.replace(there, here);
  }

  private void launch(int number) throws IOException {
    Map<String, String> environment = new HashMap<>(file.environment("temporal"));
    change(environment, "POSTGRES_SEEDS", "127.0.0.1");
    change(environment, "DB_PORT", "" + database.port());
    change(environment, "BIND_ON_IP", "127.0.0.1");
    change(environment, "PROMETHEUS_ENDPOINT", "127.0.0.1:" + FreePort.next());
    environment.compute(
        "DYNAMIC_CONFIG_FILE_PATH",
        (_, there) -> file.mounted("temporal", Path.of("" + there)).toString());
    for (String role : List.of("FRONTEND", "MATCHING", "HISTORY", "WORKER")) {
      environment.put(role + "_GRPC_PORT", "" + FreePort.next());
      environment.put(role + "_MEMBERSHIP_PORT", "" + FreePort.next());
    }
    int port = FreePort.next();
    environment.put("FRONTEND_GRPC_PORT", "" + port);
    environment.put("FRONTEND_HTTP_PORT", "" + FreePort.next());
    ProcessBuilder builder =
        new ProcessBuilder(binaries.resolve("temporal-server").toString(), "start")
            .redirectErrorStream(true)
            .redirectOutput(LOGS.resolve("temporal-" + number + ".log").toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Server server = new Server(process, port);
    servers.add(server);
    await("Temporal, see " + LOGS)
        .atMost(START)
        .failFast("Temporal ended, see " + LOGS, () -> !process.isAlive())
        .until(server::listens);
  }

  private static void change(Map<String, String> environment, String name, String value) {
    if (environment.put(name, value) == null) {
      throw new IllegalStateException("The service temporal has no " + name);
    }
  }

  /** Where a client connects; the servers take turns. */
  public String target(int client) {
    return "127.0.0.1:" + servers.get(client % servers.size()).port();
  }

  /** The servers. */
  public List<ProcessHandle> processes() {
    return servers.stream().map(server -> server.process().toHandle()).toList();
  }

  /** Processor time of the servers together. */
  public Duration cpu() {
    return servers.stream()
        .map(server -> server.process().info().totalCpuDuration().orElseThrow())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Processor time of PostgreSQL. */
  public Duration databaseCpu() {
    return database.cpu();
  }

  @Override
  public void close() {
    servers.forEach(server -> server.process().destroyForcibly());
    database.close();
  }
}
