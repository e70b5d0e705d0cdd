package dev.countersign.clock;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The clocks of all machines whose time matters here, one for each. Thread-safe. */
public final class RemoteClocks {
  /** What the Temporal server is called. */
  public static final String TEMPORAL = "the Temporal server";

  private final InstantSource local;
  private final Duration maxSkew;
  private final Map<String, RemoteClock> clocks = new ConcurrentHashMap<>();

  /**
   * Knows no clock yet.
   *
   * @param local this machine's clock
   * @param maxSkew the largest difference between it and another that is allowed for
   */
  public RemoteClocks(InstantSource local, Duration maxSkew) {
    this.local = local;
    this.maxSkew = maxSkew;
  }

  /**
   * The clock of one machine, always the same.
   *
   * @param machine {@link #TEMPORAL}, or an issuer as it writes itself
   */
  public RemoteClock of(String machine) {
    return clocks.computeIfAbsent(machine, name -> new RemoteClock(name, local, maxSkew));
  }

  /** All that were asked for so far, by the machines' names. */
  public List<RemoteClock> all() {
    return clocks.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }
}
