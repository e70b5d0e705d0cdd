package dev.countersign.devservices.temporal;

import dev.countersign.devservices.loopback.PortVariable;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How Temporal's dev server is started.
 *
 * @param database its SQLite file, made when missing; null: a temporary one, deleted on close
 * @param port of the server; 0: a free one
 * @param uiPort of the Web UI; 0: a free one
 * @param logLevel {@code debug}, {@code info}, {@code warn}, {@code error} or {@code never}; goes
 *     to a file beside the database
 * @param codecServer where the Web UI has payloads opened; null: nowhere
 */
public record LauncherSettings(
    @Nullable Path database, int port, int uiPort, String logLevel, @Nullable String codecServer) {
  /** The environment variable that moves the server's port. */
  public static final String PORT = "TEMPORAL_PORT";

  /** The environment variable that moves the Web UI's port. */
  public static final String UI_PORT = "TEMPORAL_UI_PORT";

  /** With a Web UI that has no payloads opened. */
  public LauncherSettings(@Nullable Path database, int port, int uiPort, String logLevel) {
    this(database, port, uiPort, logLevel, null);
  }

  /** The same, with a Web UI that has payloads opened there. */
  public LauncherSettings withCodecServer(String url) {
    return new LauncherSettings(database, port, uiPort, logLevel, url);
  }

  /** Free ports and a database that is gone afterwards, as a test wants it. */
  public static LauncherSettings temporary() {
    return new LauncherSettings(null, 0, 0, "error");
  }

  /**
   * The well-known ports 7233 and 8233, unless {@value #PORT} and {@value #UI_PORT} name others.
   *
   * @param variables gives a variable's value; null: not set
   * @throws IllegalArgumentException if one is not a port, naming the variable
   */
  public static LauncherSettings wellKnown(
      Path database, Function<String, @Nullable String> variables) {
    return new LauncherSettings(
        database,
        new PortVariable(PORT, 7233).in(variables),
        new PortVariable(UI_PORT, 8233).in(variables),
        "warn");
  }
}
