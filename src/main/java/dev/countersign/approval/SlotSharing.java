package dev.countersign.approval;

import dev.countersign.schedule.PeriodicTask;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When this process waits for as many decisions as it has slots, and more wait to be waited for,
 * those that have waited longest give their slots back after their next poll, and queue again. Each
 * holds its slot for a minute at least: an attempt costs Temporal far more than a poll.
 */
public final class SlotSharing implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SlotSharing.class);
  private static final Duration LEAST_HOLD = Duration.ofMinutes(1);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final long CALL_SECONDS = 5;

  private final WorkflowClient client;
  private final String taskQueue;
  private final Waits waits;
  private final int slots;
  private final Duration leastHold;
  private final PeriodicTask looks;

  /**
   * Looks every 5 s.
   *
   * @param taskQueue of the waits
   * @param slots of this process's worker of that queue
   */
  public SlotSharing(WorkflowClient client, String taskQueue, Waits waits, int slots) {
    this(client, taskQueue, waits, slots, LEAST_HOLD, PERIOD);
  }

  SlotSharing(
      WorkflowClient client,
      String taskQueue,
      Waits waits,
      int slots,
      Duration leastHold,
      Duration period) {
    this.client = client;
    this.taskQueue = taskQueue;
    this.waits = waits;
    this.slots = slots;
    this.leastHold = leastHold;
    this.looks = new PeriodicTask("approval-slots", period, this::share).start();
  }

  private void share() {
    if (waits.waiting() >= slots) {
      waits.oldest(waitingForSlots(), leastHold).forEach(ActivityLease::askToYield);
    }
  }

  /** As many as all slots, where the server doesn't say. */
  private int waitingForSlots() {
    try {
      DescribeTaskQueueResponse described =
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
              .describeTaskQueue(
                  DescribeTaskQueueRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setTaskQueue(TaskQueue.newBuilder().setName(taskQueue))
                      .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
                      .setReportStats(true)
                      .build());
      return described.hasStats()
          ? (int) Math.min(slots, described.getStats().getApproximateBacklogCount())
          : slots;
    } catch (StatusRuntimeException e) {
      log.debug("The server doesn't say how many waits have no slot", e);
      return slots;
    }
  }

  @Override
  public void close() {
    looks.close();
  }
}
