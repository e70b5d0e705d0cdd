package dev.countersign.lease;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By the SDK's channel, past its retries and its throttling of heartbeats. */
final class TemporalLeaseServer implements LeaseServer {
  private static final Logger log = LoggerFactory.getLogger(TemporalLeaseServer.class);

  /** A beat that takes longer proves nothing. */
  private static final long BEAT_MILLIS = LeaseOptions.HELD.toMillis();

  private static final long LAST_SECONDS = 3;

  private final WorkflowClient client;
  private final WorkflowServiceStubs stubs;
  private final LeaseInput input;

  TemporalLeaseServer(WorkflowClient client, LeaseInput input) {
    this.client = client;
    this.stubs = client.getWorkflowServiceStubs();
    this.input = input;
  }

  @Override
  public CompletableFuture<Void> beat(byte[] term) {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    ListenableFuture<?> answer =
        stubs
            .futureStub()
            .withDeadlineAfter(BEAT_MILLIS, TimeUnit.MILLISECONDS)
            .recordActivityTaskHeartbeat(
                RecordActivityTaskHeartbeatRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setIdentity(input.holder())
                    .setTaskToken(ByteString.copyFrom(term))
                    .build());
    Futures.addCallback(
        answer,
        new FutureCallback<Object>() {
          @Override
          public void onSuccess(Object stands) {
            stored.complete(null);
          }

          @Override
          public void onFailure(Throwable failure) {
            stored.completeExceptionally(meaning(failure));
          }
        },
        MoreExecutors.directExecutor());
    return stored;
  }

  private static Throwable meaning(Throwable failure) {
    return failure instanceof StatusRuntimeException status
            && status.getStatus().getCode() == Status.Code.NOT_FOUND
        ? new LapsedException(failure)
        : failure;
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
                .setWorkflowId("countersign-lease-" + input.holder())
                .setTaskQueue(LeaseWorkflow.TASK_QUEUE)
                .setStaticSummary("Polls of " + input.holder())
                .build());
    BatchRequest request = client.newSignalWithStartRequest();
    request.add(lease::keep, input);
    request.add(lease::want);
    var _ = client.signalWithStart(request);
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
