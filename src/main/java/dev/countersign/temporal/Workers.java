package dev.countersign.temporal;

import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workers of this process but the leases', and what runs on them. */
final class Workers {
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
                WorkerOptions.newBuilder().setUsingVirtualThreadsOnActivityWorker(true).build());
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
