package dev.countersign.guard;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.countersign.approval.ApprovalAttributes;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for the ends of calls. */
final class CallEnds {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final WorkflowClient client;
  private final CallStates states;

  CallEnds(WorkflowClient client, CallStates states) {
    this.client = client;
    this.states = states;
  }

  /**
   * What a call says at its end; empty: it must be asked where it stands, since the time is over,
   * or since its workflow stays open beyond its end.
   */
  Optional<CallState> await(String id, Duration longest) {
    WorkflowStub call = client.newUntypedWorkflowStub(id);
    if (states.isListened(id)) {
      awaitFinalStatus(call, longest);
      return Optional.empty();
    }
    try {
      return Optional.of(call.getResult(longest.toMillis(), MILLISECONDS, CallState.class));
    } catch (TimeoutException _) {
      return Optional.empty();
    }
  }

  /** Looks at what the server shows of the call: that needs no worker, and no event more. */
  private static void awaitFinalStatus(WorkflowStub call, Duration longest) {
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
