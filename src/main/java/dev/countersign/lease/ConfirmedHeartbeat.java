package dev.countersign.lease;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatResponse;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A heartbeat of an activity that says whether it arrived: sent once, past the SDK's heartbeats,
 * which are throttled, queued behind each other, and retried in silence.
 */
public final class ConfirmedHeartbeat {
  private ConfirmedHeartbeat() {}

  /**
   * Sends a heartbeat; returns at once.
   *
   * @param taskToken of the attempt
   * @param details for the next attempt; null: those that are stored stay
   * @param deadline how long the answer may take
   * @return completes when Temporal's history service has stored it; with {@link GoneException} if
   *     the attempt has ended for Temporal, with anything else if it is unknown whether it arrived
   */
  public static CompletableFuture<RecordActivityTaskHeartbeatResponse> send(
      WorkflowClient client, byte[] taskToken, @Nullable Payloads details, Duration deadline) {
    var request =
        RecordActivityTaskHeartbeatRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setIdentity(client.getOptions().getIdentity())
            .setTaskToken(ByteString.copyFrom(taskToken));
    if (details != null) {
      request.setDetails(details);
    }
    CompletableFuture<RecordActivityTaskHeartbeatResponse> stored = new CompletableFuture<>();
    Futures.addCallback(
        client
            .getWorkflowServiceStubs()
            .futureStub()
            .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
            .recordActivityTaskHeartbeat(request.build()),
        new FutureCallback<RecordActivityTaskHeartbeatResponse>() {
          @Override
          public void onSuccess(RecordActivityTaskHeartbeatResponse said) {
            stored.complete(said);
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
        ? new GoneException(failure)
        : failure;
  }

  /** The attempt has ended for Temporal. */
  public static final class GoneException extends RuntimeException {
    GoneException(Throwable cause) {
      super(cause);
    }
  }
}
