package dev.countersign.devservices.temporal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplicationShutdownHandlers;

/**
 * A real Temporal server: the one that {@code TEMPORAL_ADDRESS} names, or a dev server of its own
 * with the search attributes of a purchase and 30 days of retention. A server that an earlier run
 * left behind on the same database, since that run was killed, is used again; one whose database
 * was deleted meanwhile is ended. Closing ends the server that it started or took over, and so does
 * the end of the JVM; one that another run still owns is left to it.
 */
public final class TemporalLauncher implements AutoCloseable {
  private final String target;
  private final @Nullable DevServer server;
  private final @Nullable Path temporary;
  private final Thread hook = new Thread(this::end, "temporal-launcher");
  private boolean ended;

  private TemporalLauncher(String target, @Nullable DevServer server, @Nullable Path temporary) {
    this.target = target;
    this.server = server;
    this.temporary = temporary;
  }

  /**
   * Starts a server and returns when it serves. With a temporary database {@code TEMPORAL_ADDRESS}
   * is not looked at: a test's server is never somebody's own.
   *
   * @throws IllegalStateException if there is no server to start, a port is taken, or it doesn't
   *     serve within 60 s; the message says what to do
   */
  public static TemporalLauncher start(LauncherSettings settings) {
    Machine machine = Machine.local();
    return start(settings, machine, TemporalBinary.on(machine)::find);
  }

  static TemporalLauncher start(LauncherSettings settings, Machine machine, Supplier<Path> binary) {
    Path database = settings.database();
    String address = machine.variable("TEMPORAL_ADDRESS");
    if (database != null && address != null) {
      machine.say("TEMPORAL_ADDRESS is set, using the server at " + address);
      return at(address);
    }
    try {
      Path temporary = null;
      if (database == null) {
        temporary = Files.createTempDirectory("countersign-temporal");
        database = temporary.resolve("temporal.db");
      }
      DevServer server = new DevServer(binary, machine, database, settings);
      server.start(settings.port(), settings.uiPort());
      TemporalLauncher launcher = new TemporalLauncher(server.target(), server, temporary);
      Runtime.getRuntime().addShutdownHook(launcher.hook);
      return launcher;
    } catch (IOException e) {
      throw new UncheckedIOException("Temporal can't be started: " + e.getMessage(), e);
    }
  }

  /** A server that somebody else starts and ends. */
  public static TemporalLauncher at(String target) {
    return new TemporalLauncher(target, null, null);
  }

  /** Temporal's command line, of which the dev server is a command. */
  public static Path binary() {
    return TemporalBinary.on(Machine.local()).find();
  }

  /** Where clients connect: host and port. */
  public String target() {
    return target;
  }

  /** The Web UI's address; empty for a server that {@code TEMPORAL_ADDRESS} names. */
  public Optional<String> uiUrl() {
    return Optional.ofNullable(server).map(own -> "http://localhost:" + own.running().uiPort());
  }

  /** Ends the server at once, as a crash would; {@link #restart} brings it back. */
  public void kill() {
    own().running().kill();
  }

  /** Ends the server at once, unless it is somebody else's. */
  public void killIfStartedHere() {
    if (server != null) {
      kill();
    }
  }

  /**
   * Starts the server again on the same database and the same ports, ending it first if it runs.
   */
  public void restart() {
    try {
      own().restart();
    } catch (IOException e) {
      throw new UncheckedIOException("Temporal can't be started again: " + e.getMessage(), e);
    }
  }

  /** Stops the server where it stands, by SIGSTOP; {@link #thaw} lets it go on. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets a frozen server go on. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      own().running().signal(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** At the end of the JVM, ends the server only after every application context has closed. */
  public void closeAfterSpring(SpringApplicationShutdownHandlers handlers) {
    handlers.add(this::end);
    forgetHook();
  }

  /** Asks the server to end and waits for it; a second call does nothing. */
  @Override
  public void close() {
    end();
    forgetHook();
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is ending: the hook finds nothing left to do
    }
  }

  private synchronized void end() {
    if (ended || server == null) {
      return;
    }
    ended = true;
    server.stop();
    if (temporary != null) {
      delete(temporary);
    }
  }

  private DevServer own() {
    if (server == null) {
      throw new IllegalStateException("The server at " + target + " was not started here");
    }
    return server;
  }

  private static void delete(Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
