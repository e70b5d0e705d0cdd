package dev.countersign.temporal;

import dev.countersign.lease.LeaseWorkers;
import org.springframework.context.SmartLifecycle;

/**
 * Takes the lease once Temporal was found usable, while the start goes on, so that it is held when
 * the workers begin; gives it back when they have stopped: what they do till their end they do
 * under it.
 */
final class LeaseLifecycle implements SmartLifecycle {
  private final LeaseWorkers workers;
  private volatile boolean running;

  LeaseLifecycle(LeaseWorkers workers) {
    this.workers = workers;
  }

  @Override
  public void start() {
    workers.start();
    running = true;
  }

  @Override
  public void stop() {
    workers.close();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.LEASE;
  }
}
