package dev.countersign.approval;

import io.temporal.activity.ActivityExecutionContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Heartbeats for every waiting activity of this process, and wakes those that must stop waiting:
 * one thread for all of them, during polls and sleeps alike, so that a poll which the provider
 * holds never outlives the heartbeat timeout. Thread-safe.
 */
public final class HeartbeatTicker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HeartbeatTicker.class);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("approval-heartbeat").factory());
  private volatile boolean closed;

  /** Starts ticking, every 10 s. */
  public HeartbeatTicker() {
    this(PERIOD);
  }

  HeartbeatTicker(Duration period) {
    ScheduledFuture<?> _ =
        executor.scheduleWithFixedDelay(
            this::tick, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    for (Wait wait : waits) {
      try {
        wait.beat();
      } catch (RuntimeException e) { // one bad wait must not end the heartbeats of all others
        log.warn("A heartbeat failed", e);
      }
    }
  }

  /** Registers a waiting activity and sends its first heartbeat. */
  Wait start(ActivityExecutionContext context, Pace pace) {
    Wait wait = new Wait(this, context, pace);
    wait.beat(); // the first one waits for Temporal's answer: not at the ticker's expense
    waits.add(wait);
    if (closed) {
      wait.stop();
    }
    return wait;
  }

  void remove(Wait wait) {
    waits.remove(wait);
  }

  /** How many activities of this process are waiting. */
  int waiting() {
    return waits.size();
  }

  /**
   * Ends every wait of this process, for another process to go on with: call it when the workers
   * have been told to shut down. A poll under way is not aborted.
   */
  @Override
  public void close() {
    closed = true;
    executor.shutdown();
    waits.forEach(Wait::stop);
  }
}
