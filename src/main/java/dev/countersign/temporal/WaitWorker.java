package dev.countersign.temporal;

import dev.countersign.approval.ApprovalActivities;
import io.temporal.worker.WorkerOptions;

/**
 * The worker of the waits for decisions: its own, so that waiting never starves what is to be done.
 *
 * @param activities that wait
 * @param slots most waits at a time
 */
public record WaitWorker(ApprovalActivities activities, int slots) {
  /** After a take-over a thousand waits come at a time. */
  private static final int POLLERS = 10;

  WorkerOptions options() {
    return WorkerOptions.newBuilder()
        .setUsingVirtualThreadsOnActivityWorker(true)
        .setMaxConcurrentActivityExecutionSize(slots)
        .setMaxConcurrentActivityTaskPollers(POLLERS)
        .setAllowActivityHeartbeatDuringShutdown(true) // or it polls for 5 s more
        .build();
  }
}
