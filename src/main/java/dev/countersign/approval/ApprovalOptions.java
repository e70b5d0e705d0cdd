package dev.countersign.approval;

import dev.countersign.workflow.Summary;
import dev.countersign.workflow.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** Timeouts, retries and task queues of the approval activities: written here and nowhere else. */
final class ApprovalOptions {
  /** Room after expiry for the last answer to be checked and stored. */
  static final Duration GRACE = Duration.ofMinutes(2);

  /**
   * Temporal gives a wait to another process when it hears nothing for as long: longer than a wait
   * that holds its slot lasts, unless it is set to.
   */
  static final Duration HEARTBEAT_TIMEOUT = Duration.ofMinutes(12);

  private ApprovalOptions() {}

  static ActivityOptions requestApproval(String message) {
    return ActivityOptions.newBuilder()
        // the call itself ends after 10 s; a worker that died is noticed after this
        .setStartToCloseTimeout(Duration.ofSeconds(15))
        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
        // a killed attempt may have rung the phone: Approvals counts, no policy repeats
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .setSummary(Summary.of("Ask the user: " + message))
        .build();
  }

  /** Ends on a cancel only after a poll under way: its answer is given once. */
  static ActivityOptions awaitDecisionBesidePings(Duration untilExpiry, String message) {
    return awaitDecision(untilExpiry, message).toBuilder()
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .build();
  }

  static ActivityOptions awaitDecision(Duration untilExpiry, String message) {
    Duration whole = untilExpiry.isNegative() ? GRACE : untilExpiry.plus(GRACE);
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.waitsOfWorkflow()) // its own: it starves nothing else
        .setScheduleToCloseTimeout(whole)
        .setHeartbeatTimeout(HEARTBEAT_TIMEOUT) // the lease moves waits on much sooner
        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
        .setRetryOptions(
            RetryOptions.newBuilder() // after a kill; the pace is set by the failure's own delay
                .setInitialInterval(Duration.ofSeconds(1))
                .setMaximumInterval(Duration.ofSeconds(5))
                .build())
        .setSummary(Summary.of("Wait for the answer to: " + message))
        .build();
  }
}
