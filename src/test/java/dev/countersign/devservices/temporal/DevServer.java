package dev.countersign.devservices.temporal;

import dev.countersign.approval.ApprovalAttributes;
import io.temporal.common.SearchAttributeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One server process on one database; the file of its pid lets a later run find it again. */
final class DevServer {
  private static final List<String> DYNAMIC_CONFIG =
      List.of(
          "system.forceSearchAttributesCacheRefreshOnRead=true",
          // a deletion waits for both: up to a minute by their defaults
          "history.transferProcessorUpdateAckInterval=\"2s\"",
          "history.visibilityProcessorUpdateAckInterval=\"2s\"");

  private static final Duration START = Duration.ofSeconds(60); // 2 s on a machine that is idle
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final int LAST_LINES = 5;

  private final Supplier<Path> binary;
  private final Machine machine;
  private final Path database;
  private final String logLevel;
  private final @Nullable String codecServer;
  private @Nullable RunningServer running;

  DevServer(Supplier<Path> binary, Machine machine, Path database, LauncherSettings settings) {
    this.binary = binary;
    this.machine = machine;
    this.database = database.toAbsolutePath().normalize();
    this.logLevel = settings.logLevel();
    this.codecServer = settings.codecServer();
  }

  /** Takes over the server that an earlier run left behind, or starts one. */
  void start(int port, int uiPort) throws IOException {
    Optional<RunningServer> earlier =
        RunningServer.read(pidFile()).filter(server -> server.id().isAlive());
    if (earlier.isEmpty()) {
      endStrays();
    } else {
      RunningServer server = earlier.get();
      if (Frontend.servesWithin(ANSWER, target(server))) {
        join(server);
        return;
      }
      machine.say("pid " + server.id().pid() + " of an earlier run doesn't answer, ending it");
      server.stop();
    }
    launch(Ports.claim(port, LauncherSettings.PORT), Ports.claim(uiPort, LauncherSettings.UI_PORT));
  }

  private void endStrays() {
    for (StrayServer stray : StrayServer.on(database)) {
      if (stray.isSomeoneElses()) {
        throw new IllegalStateException(
            "The database "
                + database
                + " was deleted while a run that goes on (pid "
                + stray.owner().map(ProcessId::pid).orElseThrow()
                + ") used it. Stop that run first.");
      }
      machine.say(
          "pid " + stray.id().pid() + " of an earlier run has lost its database, ending it");
      stray.id().stop();
    }
  }

  /** Ends it politely, unless another JVM that still runs has started it. */
  void stop() {
    if (!running().isSomeoneElses()) {
      running().stop();
    }
  }

  /** Starts it on the ports that it had. */
  void restart() throws IOException {
    RunningServer last = running();
    last.stop();
    launch(
        Ports.claim(last.port(), LauncherSettings.PORT),
        Ports.claim(last.uiPort(), LauncherSettings.UI_PORT));
  }

  /** The newest process, alive or not. */
  RunningServer running() {
    if (running == null) {
      throw new IllegalStateException("Temporal was not started");
    }
    return running;
  }

  String target() {
    return target(running());
  }

  private void join(RunningServer server) throws IOException {
    if (server.isSomeoneElses()) {
      machine.say("used together with pid " + server.owner().pid() + ", at " + target(server));
      running = server;
      return;
    }
    machine.say("still running at " + target(server) + ", used again");
    running = server.ownedByUs();
    running.write(pidFile());
  }

  private void launch(int port, int uiPort) throws IOException {
    Files.createDirectories(database.getParent());
    Process process =
        new ProcessBuilder(command(port, uiPort))
            .redirectErrorStream(true)
            .redirectOutput(logFile().toFile())
            .start();
    RunningServer server =
        new RunningServer(ProcessId.of(process.toHandle()), ProcessId.own(), port, uiPort);
    running = server;
    server.write(pidFile());
    awaitServing(server);
    machine.say(
        "running at "
            + target(server)
            + ", Web UI at http://localhost:"
            + uiPort
            + ", database "
            + database);
  }

  private List<String> command(int port, int uiPort) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString()); // Ctrl-C is for the application, which ends the server last
    }
    command.add(binary.get().toString());
    command.addAll(List.of("server", "start-dev", StrayServer.DATABASE, database.toString()));
    // 37 instead of 16 workflows of three activities a second, and a killed process loses nothing
    command.addAll(List.of("--sqlite-pragma", "journal_mode=WAL"));
    command.addAll(List.of("--sqlite-pragma", "synchronous=NORMAL"));
    command.addAll(List.of("--ip", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--ui-port", Integer.toString(uiPort), "--headless=false"));
    command.addAll(List.of("--log-level", logLevel));
    if (codecServer != null) {
      command.addAll(List.of("--ui-codec-endpoint", codecServer));
    }
    for (SearchAttributeKey<?> attribute : ApprovalAttributes.ALL) {
      command.addAll(List.of("--search-attribute", attribute.getName() + "=" + type(attribute)));
    }
    DYNAMIC_CONFIG.forEach(value -> command.addAll(List.of("--dynamic-config-value", value)));
    return command;
  }

  private static String type(SearchAttributeKey<?> attribute) {
    return switch (attribute.getValueType()) {
      case INDEXED_VALUE_TYPE_KEYWORD -> "Keyword";
      case INDEXED_VALUE_TYPE_DATETIME -> "Datetime";
      default -> throw new IllegalStateException("No name for the type of " + attribute.getName());
    };
  }

  private void awaitServing(RunningServer server) throws IOException {
    Instant deadline = Instant.now().plus(START);
    await(server, deadline, () -> Ports.isOpen(server.port()));
    try (Frontend frontend = new Frontend(target(server))) {
      await(server, deadline, () -> frontend.isServing() && frontend.keepsHistories());
    }
  }

  private void await(RunningServer server, Instant deadline, Supplier<Boolean> condition)
      throws IOException {
    while (!condition.get()) {
      if (!server.id().isAlive()) {
        throw new IllegalStateException("Temporal ended while it started. " + lastWords());
      }
      if (Instant.now().isAfter(deadline)) {
        server.kill();
        throw new IllegalStateException(
            "Temporal did not serve within " + START.toSeconds() + " s. " + lastWords());
      }
      Pause.brief();
    }
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(logFile());
    int from = Math.max(0, lines.size() - LAST_LINES);
    return "Its last words: " + String.join(" / ", lines.subList(from, lines.size()));
  }

  private Path pidFile() {
    return database.resolveSibling(database.getFileName() + ".pid");
  }

  private Path logFile() {
    return database.resolveSibling(database.getFileName() + ".log");
  }

  private static String target(RunningServer server) {
    return "127.0.0.1:" + server.port();
  }
}
