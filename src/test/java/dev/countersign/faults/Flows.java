package dev.countersign.faults;

import dev.countersign.faults.Evidence.Flow;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;

/** Reads from Temporal what became of workflows. */
final class Flows implements AutoCloseable {
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  Flows(String target) {
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(target).build());
    client = WorkflowClient.newInstance(stubs);
  }

  List<Flow> all() {
    return client.listExecutions("").map(this::flow).toList();
  }

  private Flow flow(WorkflowExecutionMetadata workflow) {
    List<HistoryEvent> events =
        client
            .fetchHistory(
                workflow.getExecution().getWorkflowId(), workflow.getExecution().getRunId())
            .getEvents();
    return new Flow(
        workflow.getExecution().getWorkflowId(),
        workflow.getWorkflowType(),
        workflow.getStatus().name().replace("WORKFLOW_EXECUTION_STATUS_", ""),
        events.stream()
            .filter(HistoryEvent::hasWorkflowTaskFailedEventAttributes)
            .map(HistoryEvent::getWorkflowTaskFailedEventAttributes)
            .map(failed -> failed.getCause() + ": " + rootCause(failed.getFailure()))
            .toList(),
        events.size());
  }

  private static String rootCause(Failure failure) {
    Failure root = failure;
    while (root.hasCause()) {
      root = root.getCause();
    }
    return root.getMessage();
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
