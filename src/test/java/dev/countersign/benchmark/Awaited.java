package dev.countersign.benchmark;

import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;

/** How many approvals are waited for, as Temporal lists them. */
final class Awaited implements AutoCloseable {
  private static final String QUERY =
      "ApprovalStatus = 'AWAITING_APPROVAL' AND ExecutionStatus = 'Running'";

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  /** Asks the server at this address. */
  Awaited(String target) {
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(target).build());
    client = WorkflowClient.newInstance(stubs);
  }

  long count() {
    return client.countWorkflows(QUERY).getCount();
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
