package dev.countersign.client;

import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.client.WorkflowClient;

/** Counts workflows by Temporal's visibility, which is a moment late. */
public final class WorkflowCounts {
  private final WorkflowClient client;

  /** Counts workflows of the client's namespace. */
  public WorkflowCounts(WorkflowClient client) {
    this.client = client;
  }

  /** How many workflows a query finds. */
  public long count(String query) {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .countWorkflowExecutions(
            CountWorkflowExecutionsRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setQuery(query)
                .build())
        .getCount();
  }
}
