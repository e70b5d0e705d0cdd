package dev.countersign.ping;

import dev.countersign.approval.CibaPing;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.QueryRejectCondition;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowException;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The workflow that waits for a ping, as far as a provider's request may hold it up. */
final class PingedWorkflow {
  /** Shared by all requests; does nothing but end calls that take too long. */
  private static final ScheduledExecutorService DEADLINES =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("notification-deadline").factory());

  private final WorkflowClient client;
  private final WorkflowClient open;
  private final String id;
  private final Duration patience;

  /**
   * Names a workflow, which need not exist.
   *
   * @param patience the longest that each call may take
   */
  PingedWorkflow(WorkflowClient client, String id, Duration patience) {
    this.client = client;
    this.open =
        WorkflowClient.newInstance(
            client.getWorkflowServiceStubs(),
            WorkflowClientOptions.newBuilder(client.getOptions())
                // a worker would replay one that has ended
                .setQueryRejectCondition(QueryRejectCondition.QUERY_REJECT_CONDITION_NOT_OPEN)
                .validateAndBuildWithDefaults());
    this.id = id;
    this.patience = patience;
  }

  /**
   * Whether the workflow says that the ping is for none of its requests. If nothing answers in
   * time, or the workflow has ended, nobody says so.
   */
  boolean disowns(CibaPing ping) {
    try {
      return !withinPatience(
          () -> open.newUntypedWorkflowStub(id).query("CibaPingBelongs", Boolean.class, ping));
    } catch (WorkflowException e) {
      return false;
    }
  }

  /**
   * Tells the workflow; one that has ended needs to know nothing. Temporal takes the same ping once
   * for each run of a workflow, so that a provider that repeats itself never fills the history.
   *
   * @throws RuntimeException if Temporal can't be reached
   */
  void tell(CibaPing ping) {
    try {
      withinPatience(() ->
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .withWaitForReady()
              .signalWorkflowExecution(signal(ping)));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.NOT_FOUND) { // else a late ping
        throw e;
      }
    }
  }

  /** As the client makes it, but for the request id, which the client doesn't let one choose. */
  private SignalWorkflowExecutionRequest signal(CibaPing ping) {
    WorkflowClientOptions options = client.getOptions();
    var request =
        SignalWorkflowExecutionRequest.newBuilder()
            .setNamespace(options.getNamespace())
            .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
            .setSignalName("CibaPing")
            .setIdentity(options.getIdentity())
            .setRequestId(ping.tokenDigest() + "." + ping.authReqIdDigest());
    options
        .getDataConverter()
        .withContext(new WorkflowSerializationContext(options.getNamespace(), id))
        .toPayloads(ping)
        .ifPresent(request::setInput);
    return request.build();
  }

  private <T> T withinPatience(Callable<T> call) {
    try (Context.CancellableContext context =
        Context.current()
            .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS, DEADLINES)) {
      return context.call(call);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
