package dev.countersign.approval;

import dev.countersign.lease.ConfirmedHeartbeat;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.payload.context.ActivitySerializationContext;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One attempt of a waiting activity, as Temporal knows it. */
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
    return Objects.requireNonNull(
        info().getWorkflowId(), "Approvals can be asked for by workflows only");
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
    Payloads details =
        client
            .getOptions()
            .getDataConverter()
            .withContext(serialization())
            .toPayloads(pace)
            .orElse(null);
    return ConfirmedHeartbeat.send(client, taskToken(), details, CALL)
        .thenApply(Attempt::standing)
        .exceptionally(Attempt::standing);
  }

  private static Standing standing(RecordActivityTaskHeartbeatResponse said) {
    if (said.getCancelRequested()) {
      return Standing.CANCELLED;
    }
    return said.getActivityPaused() || said.getActivityReset()
        ? Standing.UNWANTED
        : Standing.CURRENT;
  }

  private static Standing standing(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ConfirmedHeartbeat.GoneException) {
      return Standing.GONE;
    }
    throw new CompletionException(cause);
  }
}
