package dev.countersign.temporal;

import io.temporal.worker.WorkerFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** UP while approvals can move on: Temporal answers, and this process's workers poll it. */
final class TemporalHealthIndicator extends AbstractHealthIndicator {
  private final DurableStore reachability;
  private final TemporalStartup startup;
  private final WorkerFactory workers;

  TemporalHealthIndicator(
      DurableStore reachability, TemporalStartup startup, WorkerFactory workers) {
    super("Temporal's health could not be determined");
    this.reachability = reachability;
    this.startup = startup;
    this.workers = workers;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    boolean reachable = reachability.isReachable();
    boolean searchAttributes = startup.isRunning();
    boolean polling = workers.isStarted() && !workers.isShutdown();
    health
        .status(reachable && searchAttributes && polling ? "UP" : "DOWN")
        .withDetail("reachable", reachable)
        .withDetail("searchAttributes", searchAttributes ? "usable" : "not checked")
        .withDetail("workers", polling ? "polling" : "not polling");
  }
}
