package dev.countersign.guard;

import dev.countersign.approval.ApprovalAttributes;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the end of a call whose workflow stays open beyond it, for listeners to be told. Looks
 * at what the server shows of it: that needs no worker, and no event more.
 */
final class OpenCallEnd {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final WorkflowClient client;

  OpenCallEnd(WorkflowClient client) {
    this.client = client;
  }

  /** Returns when nothing comes after the call's status, or after a time. */
  void await(String id, Duration longest) {
    WorkflowStub call = client.newUntypedWorkflowStub(id);
    long begun = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    while (!isOver(call.describe())) {
      Duration left = longest.minusNanos(System.nanoTime() - begun);
      if (!left.isPositive()) {
        return;
      }
      try {
        Thread.sleep(shorter(pause, left));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private static boolean isOver(WorkflowExecutionDescription call) {
    @Nullable String status = call.getTypedSearchAttributes().get(ApprovalAttributes.STATUS);
    return call.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
        || (status != null && CallStatus.valueOf(status).isFinal());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
