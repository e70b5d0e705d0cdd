package dev.countersign.temporal;

import dev.countersign.schedule.PeriodicTask;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Knows whether Temporal answered within the last 10 s, from one call every 5 s for the whole
 * process, and every second while it doesn't answer: who is back is used at once.
 */
final class TemporalReachability implements DurableStore, SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(TemporalReachability.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_PINGS = Duration.ofSeconds(5);
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final TemporalServer server;
  private final LongSupplier nanoTime;
  private final PeriodicTask pings =
      new PeriodicTask("temporal-reachability", BETWEEN_LOOKS, this::look);
  private volatile boolean answered;
  private volatile long answeredNanos;
  private volatile boolean running;
  private boolean reported = true;

  TemporalReachability(TemporalServer server, LongSupplier nanoTime) {
    this.server = server;
    this.nanoTime = nanoTime;
  }

  @Override
  public boolean isReachable() {
    return answered && nanoTime.getAsLong() - answeredNanos <= FRESH.toNanos();
  }

  /** Asks if the last answer is due for another one, or there was none; never throws. */
  void look() {
    boolean due = nanoTime.getAsLong() - answeredNanos >= BETWEEN_PINGS.toNanos();
    if (due || !answered || !reported) {
      ping();
    }
  }

  /** Asks once, and remembers when the answer came; never throws. */
  void ping() {
    try {
      server.ping();
      answeredNanos = nanoTime.getAsLong();
      answered = true;
      if (!reported) {
        log.info("Temporal answered again");
        reported = true;
      }
    } catch (RuntimeException e) {
      if (reported) {
        log.warn("Temporal didn't answer: {}", e.toString());
        reported = false;
      }
    }
  }

  @Override
  public void start() {
    running = true;
    pings.startNow();
  }

  @Override
  public void stop() {
    running = false;
    pings.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.REACHABILITY;
  }
}
