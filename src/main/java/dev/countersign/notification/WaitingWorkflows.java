package dev.countersign.notification;

import dev.countersign.approval.Ping;
import dev.countersign.approval.PingListener;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workflows that wait for an approval, by their ids. */
final class WaitingWorkflows implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WaitingWorkflows.class);

  /** A provider waits for its answer; without one from a worker the workflow compares by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final WorkflowClient client;
  private final ExecutorService queries = Executors.newVirtualThreadPerTaskExecutor();

  WaitingWorkflows(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Tells a workflow of a ping; one that has ended needs to hear of none.
   *
   * @return false: the workflow says that the ping belongs to another request, and wasn't told
   */
  boolean tell(String workflowId, Ping ping) {
    WorkflowStub workflow = client.newUntypedWorkflowStub(workflowId);
    if (isForeign(workflow, ping)) {
      log.warn("A notification for {} named another request than its token", workflowId);
      return false;
    }
    try {
      workflow.signal(PingListener.PING, ping);
    } catch (WorkflowNotFoundException e) {
      log.debug("A notification came late for {}", workflowId);
    }
    return true;
  }

  private boolean isForeign(WorkflowStub workflow, Ping ping) {
    Future<Boolean> foreign =
        queries.submit(() -> workflow.query(PingListener.PING_IS_FOREIGN, Boolean.class, ping));
    try {
      return foreign.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof WorkflowException)) {
        log.warn("A notification couldn't be compared yet: {}", String.valueOf(e.getCause()));
      }
      return false;
    } catch (TimeoutException e) {
      foreign.cancel(true);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    queries.shutdownNow();
  }
}
