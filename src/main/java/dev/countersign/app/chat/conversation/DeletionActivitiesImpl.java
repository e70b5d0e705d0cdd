package dev.countersign.app.chat.conversation;

import dev.countersign.client.KeptHistory;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DeleteWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Deletes histories by Temporal's own API. */
@Component
class DeletionActivitiesImpl implements DeletionActivities {
  private final WorkflowClient client;

  DeletionActivitiesImpl(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public void deleteRuns(LastRun lastRun) {
    Deque<WorkflowExecution> oldestFirst = new ArrayDeque<>();
    String runId = lastRun.runId();
    while (!runId.isEmpty()) {
      WorkflowExecution run = run(lastRun.conversationId(), runId);
      Optional<String> before = KeptHistory.ifThere(() -> runBefore(run));
      before.ifPresent(_ -> oldestFirst.addFirst(run));
      runId = before.orElse("");
    }
    // each run names the one before: in this order a second attempt finds what the first has left
    oldestFirst.forEach(this::delete);
  }

  /** Empty: it was the first. */
  private String runBefore(WorkflowExecution run) {
    return new KeptHistory(client)
        .start(run)
        .getWorkflowExecutionStartedEventAttributes()
        .getContinuedExecutionRunId();
  }

  private void delete(WorkflowExecution run) {
    var request =
        DeleteWorkflowExecutionRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setWorkflowExecution(run)
            .build();
    KeptHistory.ifThere(
        () -> client.getWorkflowServiceStubs().blockingStub().deleteWorkflowExecution(request));
  }

  private static WorkflowExecution run(String id, String runId) {
    return WorkflowExecution.newBuilder().setWorkflowId(id).setRunId(runId).build();
  }
}
