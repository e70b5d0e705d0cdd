package dev.countersign.lease;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By the SDK's channel. A beat that takes longer than it would hold proves nothing. */
final class TemporalLeaseServer implements LeaseServer {
  private static final Logger log = LoggerFactory.getLogger(TemporalLeaseServer.class);

  private static final long LAST_SECONDS = 3;
  private static final int MOST_LISTED = 1_000;

  private final WorkflowClient client;
  private final WorkflowServiceStubs stubs;
  private final String taskQueue;
  private final LeaseInput input;

  /**
   * A lease of the client's namespace.
   *
   * @param taskQueue of the leases' workflows
   */
  TemporalLeaseServer(WorkflowClient client, String taskQueue, LeaseInput input) {
    this.client = client;
    this.taskQueue = taskQueue;
    this.stubs = client.getWorkflowServiceStubs();
    this.input = input;
  }

  @Override
  public CompletableFuture<Void> beat(byte[] term) {
    return ConfirmedHeartbeat.send(client, term, null, LeaseOptions.HELD).thenApply(_ -> null);
  }

  @Override
  public CompletableFuture<Void> want() {
    return CompletableFuture.runAsync(this::signalWithStart, Thread::startVirtualThread);
  }

  private void signalWithStart() {
    LeaseWorkflow lease =
        client.newWorkflowStub(
            LeaseWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(input.taskQueue())
                .setTaskQueue(taskQueue)
                .setStaticSummary("Polls of " + input.holder())
                .build());
    BatchRequest request = client.newSignalWithStartRequest();
    request.add(lease::keep, input);
    request.add(lease::want);
    var _ = client.signalWithStart(request);
  }

  @Override
  public CompletableFuture<Integer> others() {
    return CompletableFuture.supplyAsync(this::countOthers, Thread::startVirtualThread);
  }

  /** A lease that is over is listed until its work was taken over, which takes a minute. */
  private int countOthers() {
    WorkflowServiceBlockingStub server =
        stubs.blockingStub().withDeadlineAfter(LAST_SECONDS, TimeUnit.SECONDS);
    String namespace = client.getOptions().getNamespace();
    var listed =
        server.listWorkflowExecutions(
            ListWorkflowExecutionsRequest.newBuilder()
                .setNamespace(namespace)
                .setPageSize(MOST_LISTED)
                .setQuery(
                    ("WorkflowType = '%s' AND ExecutionStatus = 'Running' AND TaskQueue = '%s'"
                            + " AND WorkflowId != '%s'")
                        .formatted(LeaseWorkflow.TYPE, taskQueue, input.taskQueue()))
                .build());
    return Math.toIntExact(
        listed.getExecutionsList().stream()
            .map(lease ->
                server.describeWorkflowExecution(
                    DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(namespace)
                        .setExecution(lease.getExecution())
                        .build()))
            .filter(lease ->
                lease.getPendingActivitiesList().stream().anyMatch(TemporalLeaseServer::isHeld))
            .count());
  }

  private static boolean isHeld(PendingActivityInfo activity) {
    return activity.getActivityType().getName().equals(LeaseActivities.HOLD)
        && activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;
  }

  @Override
  public void reconnect() {
    stubs.getRawChannel().enterIdle();
  }

  @Override
  public void giveBack(byte[] term) {
    try {
      var _ =
          stubs
              .blockingStub()
              .withDeadlineAfter(LAST_SECONDS, TimeUnit.SECONDS)
              .respondActivityTaskCompleted(
                  RespondActivityTaskCompletedRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setIdentity(input.holder())
                      .setTaskToken(ByteString.copyFrom(term))
                      .build());
    } catch (StatusRuntimeException e) {
      log.info("The lease could not be given back and will lapse: {}", e.getStatus().getCode());
    }
  }
}
