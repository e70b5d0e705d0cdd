package dev.countersign.notification;

import dev.countersign.approval.CibaPing;
import io.grpc.Context;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The workflow that waits for a ping, as far as a provider's request may hold it up. */
final class PingedWorkflow {
  /** Shared by all requests; does nothing but end calls that take too long. */
  private static final ScheduledExecutorService DEADLINES =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("notification-deadline").factory());

  private final WorkflowStub workflow;
  private final Duration patience;

  /**
   * Names a workflow, which need not exist.
   *
   * @param patience the longest that each call may take
   */
  PingedWorkflow(WorkflowClient client, String id, Duration patience) {
    this.workflow = client.newUntypedWorkflowStub(id);
    this.patience = patience;
  }

  /**
   * Whether the workflow says that the ping is for none of its requests. If nothing answers in
   * time, or the workflow is gone, nobody says so.
   */
  boolean disowns(CibaPing ping) {
    try {
      return !withinPatience(() -> workflow.query("CibaPingBelongs", Boolean.class, ping));
    } catch (WorkflowException e) {
      return false;
    }
  }

  /**
   * Tells the workflow; one that has ended needs to know nothing.
   *
   * @throws RuntimeException if Temporal can't be reached
   */
  void tell(CibaPing ping) {
    try {
      withinPatience(() -> {
        workflow.signal("CibaPing", ping);
        return true;
      });
    } catch (WorkflowNotFoundException e) {
      // a late ping
    }
  }

  private <T> T withinPatience(Callable<T> call) {
    try (Context.CancellableContext context =
        Context.current()
            .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS, DEADLINES)) {
      return context.call(call);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
