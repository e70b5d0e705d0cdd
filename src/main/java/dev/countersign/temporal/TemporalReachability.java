package dev.countersign.temporal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Knows whether Temporal answered within the last 10 s, from one call every 5 s for the whole
 * process.
 */
final class TemporalReachability implements DurableStore, SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(TemporalReachability.class);
  private static final Duration BETWEEN_PINGS = Duration.ofSeconds(5);
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final TemporalServer server;
  private final Clock clock;
  private final ScheduledExecutorService pings =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("temporal-reachability").factory());
  private volatile Instant answered = Instant.MIN;
  private volatile boolean running;
  private boolean reported = true;

  TemporalReachability(TemporalServer server, Clock clock) {
    this.server = server;
    this.clock = clock;
  }

  @Override
  public boolean isReachable() {
    return !clock.instant().isAfter(answered.plus(FRESH));
  }

  /** Asks once, and remembers when the answer came; never throws: it is scheduled. */
  void ping() {
    try {
      server.ping();
      answered = clock.instant();
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
    var _ =
        pings.scheduleWithFixedDelay(
            this::ping, 0, BETWEEN_PINGS.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    running = false;
    pings.shutdownNow();
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
