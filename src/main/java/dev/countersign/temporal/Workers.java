package dev.countersign.temporal;

import dev.countersign.workflow.DeadlockDetection;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workers of this process but the leases', and what runs on them. */
final class Workers {
  /**
   * Heartbeats may carry what somebody waits to read: how often they are passed on is up to who
   * sends them.
   */
  private static final Duration MOST_OFTEN = Duration.ofMillis(200);

  private Workers() {}

  /**
   * Makes them, to be started later.
   *
   * @param waits null: no decisions are waited for here
   */
  static void make(
      CountersignTemporal temporal,
      List<WorkerRegistration> registrations,
      @Nullable WaitWorker waits) {
    Worker worker =
        temporal
            .workers()
            .newWorker(
                temporal.taskQueues().workflows(),
                WorkerOptions.newBuilder()
                    .setUsingVirtualThreadsOnActivityWorker(true)
                    .setMaxHeartbeatThrottleInterval(MOST_OFTEN)
                    .setDefaultDeadlockDetectionTimeout(DeadlockDetection.AFTER.toMillis())
                    .build());
    for (WorkerRegistration registration : registrations) {
      worker.registerWorkflowImplementationTypes(registration.workflows().toArray(Class<?>[]::new));
      worker.registerActivitiesImplementations(registration.activities().toArray());
    }
    if (waits != null) {
      temporal
          .workers()
          .newWorker(temporal.taskQueues().waits(), waits.options())
          .registerActivitiesImplementations(waits.activities());
    }
  }
}
