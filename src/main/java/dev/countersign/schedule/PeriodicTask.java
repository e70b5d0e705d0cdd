package dev.countersign.schedule;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing again and again, on a daemon thread of its own, one time after the other. A time
 * that fails is logged, and the next one comes all the same.
 */
public final class PeriodicTask implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PeriodicTask.class);

  private final String name;
  private final Duration period;
  private final Runnable task;
  private final ScheduledExecutorService executor;

  /**
   * Does nothing yet.
   *
   * @param name of the thread, and in the log
   * @param period from the end of one time to the begin of the next; longer than zero
   */
  public PeriodicTask(String name, Duration period, Runnable task) {
    this.name = name;
    this.period = period;
    this.task = task;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Begins at once. */
  public PeriodicTask startNow() {
    return start(Duration.ZERO);
  }

  /** Begins after one period. */
  public PeriodicTask start() {
    return start(period);
  }

  private PeriodicTask start(Duration first) {
    ScheduledFuture<?> _ =
        executor.scheduleWithFixedDelay(
            this::run, first.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    return this;
  }

  private void run() {
    try {
      task.run();
    } catch (RuntimeException e) { // a scheduled task that throws is never run again
      log.warn("{} failed this time", name, e);
    }
  }

  /** Ends it; a time under way is interrupted. Harmless when repeated. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
