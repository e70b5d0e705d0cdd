package dev.countersign.temporal;

import dev.countersign.lease.LeaseWorkers;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Takes the lease when the application is ready, as the workers start then, and gives it back when
 * they have stopped: what they do till their end they do under it.
 */
final class LeaseLifecycle implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent> {
  private final LeaseWorkers workers;
  private volatile boolean running;

  LeaseLifecycle(LeaseWorkers workers) {
    this.workers = workers;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent ready) {
    workers.start();
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
