package dev.countersign.lease;

import dev.countersign.workflow.DeadlockDetection;
import dev.countersign.workflow.TaskQueues;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.WorkflowClient;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of leases, apart from all others: they take no slot from them, and stop last. No
 * workflow task of theirs waits for a process that is gone.
 */
public final class LeaseWorkers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LeaseWorkers.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final WorkerFactory factory;
  private final ProcessLease lease;

  private LeaseWorkers(WorkerFactory factory, ProcessLease lease) {
    this.factory = factory;
    this.lease = lease;
  }

  /**
   * Makes this process's lease and its workers; {@link #start} has them poll.
   *
   * @param client whose identity is the process's: no other process, and no earlier one on the same
   *     host, may have it
   * @param taskQueues of the application, whose processes take each other's work over
   * @param takeOvers what frees the work of a process that is gone
   * @param interceptor hears of each activity that starts here
   */
  public static LeaseWorkers of(
      WorkflowClient client,
      TaskQueues taskQueues,
      List<TakeOver> takeOvers,
      WorkerInterceptor interceptor) {
    String holder = client.getOptions().getIdentity();
    LeaseInput input = new LeaseInput(holder, taskQueues.lease(holder));
    ProcessLease lease =
        new ProcessLease(
            new TemporalLeaseServer(client, taskQueues.leases(), input),
            new Stopwatch(System::nanoTime, InstantSource.system()));
    WorkerFactory factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setWorkflowCacheSize(0)
                .setWorkerInterceptors(interceptor)
                .build());
    Worker common = factory.newWorker(taskQueues.leases(), options());
    common.registerWorkflowImplementationTypes(LeaseWorkflowImpl.class);
    common.registerActivitiesImplementations(new TakeOverActivitiesImpl(lease, takeOvers));
    Worker own = factory.newWorker(input.taskQueue(), options());
    own.registerActivitiesImplementations(new Holding(lease));
    return new LeaseWorkers(factory, lease);
  }

  private static WorkerOptions options() {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityTaskPollers(1)
        .setMaxConcurrentWorkflowTaskPollers(2)
        // the server gives a task to the process that had the one before, which may be gone
        .setStickyQueueScheduleToStartTimeout(Duration.ofMillis(200))
        .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(1)) // a take-over hears of its end
        .setUsingVirtualThreadsOnActivityWorker(true)
        .setDefaultDeadlockDetectionTimeout(DeadlockDetection.AFTER.toMillis())
        .build();
  }

  /** This process's lease. */
  public Lease lease() {
    return lease;
  }

  /** How long ago Temporal has confirmed the lease last; null: never yet. */
  public @Nullable Duration sinceConfirmed() {
    return lease.sinceLastBeat();
  }

  /** Polls, and wants the lease. */
  public void start() {
    factory.start();
    lease.start();
  }

  /** Gives the lease back and polls no more; never fails, whether Temporal is there or not. */
  @Override
  public void close() {
    lease.close();
    if (!factory.isStarted()) {
      return;
    }
    try {
      factory.shutdown();
      factory.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (StatusRuntimeException e) {
      log.debug("Temporal could not be told that the lease's workers stop", e);
    }
  }

  private record Holding(ProcessLease lease) implements LeaseActivities {
    @Override
    public void hold() {
      ActivityExecutionContext context = Activity.getExecutionContext();
      context.doNotCompleteOnReturn();
      lease.begin(context.getTaskToken());
    }
  }
}
