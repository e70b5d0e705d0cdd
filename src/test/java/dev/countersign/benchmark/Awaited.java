package dev.countersign.benchmark;

import dev.countersign.TestTemporal;
import dev.countersign.approval.ApprovalAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;

/** How many approvals are waited for, as Temporal lists them. */
final class Awaited implements AutoCloseable {
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  /** Asks the server at this address. */
  Awaited(String target) {
    stubs = TestTemporal.at(target);
    client = WorkflowClient.newInstance(stubs);
  }

  long count() {
    return client.countWorkflows(ApprovalAttributes.AWAITING_APPROVAL).getCount();
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
