package dev.countersign.lease;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest;
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
    CompletableFuture<Integer> others = new CompletableFuture<>();
    Futures.addCallback(
        stubs
            .futureStub()
            .withDeadlineAfter(LAST_SECONDS, TimeUnit.SECONDS)
            .countWorkflowExecutions(
                CountWorkflowExecutionsRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setQuery(
                        ("WorkflowType = '%s' AND ExecutionStatus = 'Running' AND TaskQueue = '%s'"
                                + " AND WorkflowId != '%s'")
                            .formatted(LeaseWorkflow.TYPE, taskQueue, input.taskQueue()))
                    .build()),
        new FutureCallback<CountWorkflowExecutionsResponse>() {
          @Override
          public void onSuccess(CountWorkflowExecutionsResponse answer) {
            others.complete(Math.toIntExact(answer.getCount()));
          }

          @Override
          public void onFailure(Throwable failure) {
            others.completeExceptionally(failure);
          }
        },
        MoreExecutors.directExecutor());
    return others;
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
