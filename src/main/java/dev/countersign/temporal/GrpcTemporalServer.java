package dev.countersign.temporal;

import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server at the other end of the SDK's channel. */
final class GrpcTemporalServer implements TemporalServer {
  /** Less than the pause between two pings: one that hangs must not make the next one late. */
  private static final long DEADLINE_SECONDS = 4;

  private final WorkflowServiceStubs stubs;
  private final String namespace;

  GrpcTemporalServer(WorkflowServiceStubs stubs, String namespace) {
    this.stubs = stubs;
    this.namespace = namespace;
  }

  @Override
  public void ping() {
    var _ = stub().getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
  }

  @Override
  public Optional<Duration> describeNamespace() {
    NamespaceConfig config =
        stub()
            .describeNamespace(
                DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build())
            .getConfig();
    return config.hasWorkflowExecutionRetentionTtl()
        ? Optional.of(Duration.ofSeconds(config.getWorkflowExecutionRetentionTtl().getSeconds()))
        : Optional.empty();
  }

  private WorkflowServiceBlockingStub stub() {
    return stubs.blockingStub().withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }
}
