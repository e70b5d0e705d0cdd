package dev.countersign.temporal;

import dev.countersign.approval.Waits;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Stops the workers so that other processes go on with their work at once. The starter closes the
 * channel right after the shutdown, and then what an activity did can't be reported: another
 * process gets it only when the heartbeat timeout is over.
 */
final class PoliteShutdown implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(PoliteShutdown.class);

  /** Longer than a provider may hold a poll: who goes before loses the token that comes with it. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final WorkerFactory workers;
  private final ObjectProvider<Waits> waits;
  private volatile boolean running;

  PoliteShutdown(WorkerFactory workers, ObjectProvider<Waits> waits) {
    this.workers = workers;
    this.waits = waits;
  }

  @Override
  public void start() {
    running = true;
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
