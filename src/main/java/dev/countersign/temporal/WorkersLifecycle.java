package dev.countersign.temporal;

import dev.countersign.approval.Waits;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Has the workers poll when the application is ready, and stops them so that other processes go on
 * with their work at once: what an activity did can't be reported once the channel is closed, and
 * another process would get it only when the heartbeat timeout is over.
 */
final class WorkersLifecycle implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent> {
  private static final Logger log = LoggerFactory.getLogger(WorkersLifecycle.class);

  /** Longer than a provider may hold a poll: who goes before loses the token that comes with it. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final WorkerFactory workers;
  private final ObjectProvider<Waits> waits;
  private volatile boolean running;

  WorkersLifecycle(WorkerFactory workers, ObjectProvider<Waits> waits) {
    this.workers = workers;
    this.waits = waits;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent ready) {
    workers.start();
  }

  /** Whether they ask Temporal for work. */
  boolean arePolling() {
    return workers.isStarted() && !workers.isShutdown();
  }

  /** After the web server has stopped; the channel is closed later, with the beans. */
  @Override
  public void stop() {
    long told = System.nanoTime();
    workers.shutdown();
    waits.ifAvailable(Waits::close);
    workers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    Duration took = Duration.ofNanos(System.nanoTime() - told);
    if (took.compareTo(PATIENCE) < 0) {
      log.info("Workers stopped within {} ms", took.toMillis());
    } else {
      log.warn("Workers were still busy {} s after they were told to stop", took.toSeconds());
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.WORKERS;
  }
}
