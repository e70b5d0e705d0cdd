package dev.countersign.approval;

import com.google.protobuf.ByteString;
import dev.countersign.workflow.TaskQueues;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedByIdRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import io.temporal.payload.context.ActivitySerializationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The workflows that wait for a decision, and their waits, as Temporal knows them. */
final class AwaitingWorkflows {
  static final int PAGE_SIZE = 1_000;
  private static final Duration CALL = Duration.ofSeconds(5);

  /**
   * An attempt that is failed by its activity's id is whichever goes on then: the look at it must
   * not be old, and the call is never repeated by itself.
   */
  private static final Duration LOOK_HOLDS = Duration.ofSeconds(1);

  private final WorkflowClient client;
  private final TaskQueues taskQueues;
  private final String query;

  /**
   * Knows workflows of the client's namespace.
   *
   * @param taskQueues of this application: another one's workflows are not its business
   * @param query for Temporal's visibility: finds all that may wait for a decision
   */
  AwaitingWorkflows(WorkflowClient client, TaskQueues taskQueues, String query) {
    this.client = client;
    this.taskQueues = taskQueues;
    this.query = "TaskQueue = '" + taskQueues.workflows() + "' AND " + query;
  }

  /**
   * An attempt at waiting that some process works on.
   *
   * @param worker identity of the process
   */
  record Attempted(
      WorkflowExecution workflow,
      String workflowType,
      String activityId,
      int attempt,
      String worker,
      Payloads details,
      long lookedNanos) {}

  /**
   * All that are listed now; Temporal's list is a moment late.
   *
   * @param afterPage what is to be done after each page of a thousand
   */
  List<WorkflowExecution> listed(Runnable afterPage) {
    List<WorkflowExecution> found = new ArrayList<>();
    ByteString page = ByteString.EMPTY;
    do {
      ListWorkflowExecutionsResponse answer =
          stub(CALL)
              .listWorkflowExecutions(
                  ListWorkflowExecutionsRequest.newBuilder()
                      .setNamespace(namespace())
                      .setPageSize(PAGE_SIZE)
                      .setQuery(query)
                      .setNextPageToken(page)
                      .build());
      answer.getExecutionsList().stream()
          .map(WorkflowExecutionInfo::getExecution)
          .forEach(found::add);
      page = answer.getNextPageToken();
      afterPage.run();
    } while (!page.isEmpty());
    return found;
  }

  /** The waits of a workflow that are under way. */
  List<Attempted> attempted(WorkflowExecution workflow) {
    long lookedNanos = System.nanoTime();
    DescribeWorkflowExecutionResponse description;
    try {
      description =
          stub(CALL)
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace(namespace())
                      .setExecution(workflow)
                      .build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
    String type = description.getWorkflowExecutionInfo().getType().getName();
    return description.getPendingActivitiesList().stream()
        .filter(AwaitingWorkflows::isWaitUnderWay)
        .map(activity ->
            new Attempted(
                workflow,
                type,
                activity.getActivityId(),
                activity.getAttempt(),
                activity.getLastWorkerIdentity(),
                activity.getHeartbeatDetails(),
                lookedNanos))
        .toList();
  }

  private static boolean isWaitUnderWay(PendingActivityInfo activity) {
    return activity.getActivityType().getName().equals(ApprovalActivities.AWAIT_DECISION)
        && (activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED
            || activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED);
  }

  /**
   * Ends an attempt, so that Temporal gives the wait to another process.
   *
   * @param quietSince since when certainly no poll was sent; null: not known
   * @return whether there was one to end
   */
  boolean end(Attempted attempted, @Nullable Instant quietSince) {
    DataConverter converter =
        client
            .getOptions()
            .getDataConverter()
            .withContext(
                new ActivitySerializationContext(
                    namespace(),
                    attempted.workflow().getWorkflowId(),
                    attempted.workflowType(),
                    ApprovalActivities.AWAIT_DECISION,
                    taskQueues.waits(),
                    false));
    var request =
        RespondActivityTaskFailedByIdRequest.newBuilder()
            .setNamespace(namespace())
            .setIdentity(client.getOptions().getIdentity())
            .setWorkflowId(attempted.workflow().getWorkflowId())
            .setRunId(attempted.workflow().getRunId())
            .setActivityId(attempted.activityId())
            .setFailure(NotDecided.leftBehind());
    converter
        .toPayloads(Pace.ofGone(pace(converter, attempted.details()), quietSince))
        .ifPresent(request::setLastHeartbeatDetails);
    if (System.nanoTime() - attempted.lookedNanos() > LOOK_HOLDS.toNanos()) {
      return false; // to be looked at again
    }
    try {
      var _ = stub(LOOK_HOLDS).respondActivityTaskFailedById(request.build());
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private static @Nullable Pace pace(DataConverter converter, Payloads details) {
    return details.getPayloadsCount() == 0
        ? null
        : converter.fromPayloads(0, Optional.of(details), Pace.class, Pace.class);
  }

  private WorkflowServiceBlockingStub stub(Duration deadline) {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private String namespace() {
    return client.getOptions().getNamespace();
  }

  /** As its workers name this process. */
  String ownIdentity() {
    return client.getOptions().getIdentity();
  }
}
