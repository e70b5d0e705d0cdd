package dev.countersign.temporal;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Countersign's own client and workers, beside whatever its host has of Temporal. They are no beans
 * themselves: a host that injects a client, or workers, by their type means its own.
 */
public final class CountersignTemporal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CountersignTemporal.class);

  private final WorkflowClient client;
  private final WorkerFactory workers;
  private final TaskQueues taskQueues;
  private final Scope metrics;

  /**
   * Holds what others have made.
   *
   * @param client whose identity no other process has
   * @param workers by that client; not started yet
   * @param taskQueues of this application
   */
  public CountersignTemporal(WorkflowClient client, WorkerFactory workers, TaskQueues taskQueues) {
    this(client, workers, taskQueues, new NoopScope());
  }

  /** With metrics, which are told until the connection is closed. */
  CountersignTemporal(
      WorkflowClient client, WorkerFactory workers, TaskQueues taskQueues, Scope metrics) {
    this.client = client;
    this.workers = workers;
    this.taskQueues = taskQueues;
    this.metrics = metrics;
  }

  /** Starts workflows, and looks at them. */
  public WorkflowClient client() {
    return client;
  }

  /** The workers, which poll once the application is ready. */
  public WorkerFactory workers() {
    return workers;
  }

  /** The queues of this application. */
  public TaskQueues taskQueues() {
    return taskQueues;
  }

  WorkflowServiceStubs stubs() {
    return client.getWorkflowServiceStubs();
  }

  String namespace() {
    return client.getOptions().getNamespace();
  }

  /** Closes the connection; workers that have not stopped yet don't report what they did. */
  @Override
  public void close() {
    workers.shutdown();
    stubs().shutdown();
    try {
      metrics.close();
    } catch (ScopeCloseException e) {
      log.debug("The last metrics could not be told", e);
    }
  }
}
