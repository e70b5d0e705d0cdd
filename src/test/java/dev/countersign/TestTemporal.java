package dev.countersign;

import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;

/** How tests look at a real Temporal server, beside the application. */
public final class TestTemporal {
  private TestTemporal() {}

  /** Connects to the one at this address, without TLS; whoever asks for it shuts it down. */
  public static WorkflowServiceStubs at(String target) {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder().setTarget(target).build());
  }
}
