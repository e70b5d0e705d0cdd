package dev.countersign.approval;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.payload.context.ActivitySerializationContext;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One attempt of a waiting activity, as Temporal knows it. Speaks past the SDK's heartbeats, which
 * are throttled, queued behind each other, and never say whether they arrived.
 */
final class Attempt {
  private static final Duration CALL = Duration.ofSeconds(5);

  private final ActivityExecutionContext context;
  private final WorkflowClient client;

  Attempt(ActivityExecutionContext context) {
    this.context = context;
    this.client = context.getWorkflowClient();
  }

  /** What Temporal says of an attempt. */
  enum Standing {
    /** It goes on. */
    CURRENT,
    /** The workflow wants it no more. */
    CANCELLED,
    /** Somebody wants another attempt in its place, which comes once this one has ended. */
    UNWANTED,
    /** It has ended for Temporal; another may be under way. */
    GONE
  }

  ActivityInfo info() {
    return context.getInfo();
  }

  /** The owner of what is sealed. */
  String workflowId() {
    return workflowId(context);
  }

  /** The owner of what is sealed, of any activity. */
  static String workflowId(ActivityExecutionContext context) {
    return Objects.requireNonNull(
        context.getInfo().getWorkflowId(), "Approvals can be asked for by workflows only");
  }

  String runId() {
    return Objects.requireNonNull(info().getWorkflowRunId(), "A workflow's activity has one");
  }

  byte[] taskToken() {
    return context.getTaskToken();
  }

  ActivitySerializationContext serialization() {
    return new ActivitySerializationContext(info());
  }

  WorkflowClient client() {
    return client;
  }

  /** Nothing that this attempt returns is wanted any more. */
  void abandon() {
    context.doNotCompleteOnReturn();
  }

  /**
   * Stores the pace for the next attempt, and asks how this one stands.
   *
   * @return completes exceptionally if no answer came within 5 s
   */
  CompletableFuture<Standing> beat(Pace pace) {
    var request =
        RecordActivityTaskHeartbeatRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setIdentity(client.getOptions().getIdentity())
            .setTaskToken(ByteString.copyFrom(taskToken()));
    client
        .getOptions()
        .getDataConverter()
        .withContext(serialization())
        .toPayloads(pace)
        .ifPresent(request::setDetails);
    CompletableFuture<Standing> standing = new CompletableFuture<>();
    ListenableFuture<RecordActivityTaskHeartbeatResponse> answer =
        client
            .getWorkflowServiceStubs()
            .futureStub()
            .withDeadlineAfter(CALL.toMillis(), TimeUnit.MILLISECONDS)
            .recordActivityTaskHeartbeat(request.build());
    Futures.addCallback(
        answer,
        new FutureCallback<RecordActivityTaskHeartbeatResponse>() {
          @Override
          public void onSuccess(RecordActivityTaskHeartbeatResponse said) {
            standing.complete(standing(said));
          }

          @Override
          public void onFailure(Throwable failure) {
            if (isGone(failure)) {
              standing.complete(Standing.GONE);
            } else {
              standing.completeExceptionally(failure);
            }
          }
        },
        MoreExecutors.directExecutor());
    return standing;
  }

  private static Standing standing(RecordActivityTaskHeartbeatResponse said) {
    if (said.getCancelRequested()) {
      return Standing.CANCELLED;
    }
    return said.getActivityPaused() || said.getActivityReset()
        ? Standing.UNWANTED
        : Standing.CURRENT;
  }

  private static boolean isGone(Throwable failure) {
    return failure instanceof StatusRuntimeException status
        && status.getStatus().getCode() == Status.Code.NOT_FOUND;
  }
}
