package dev.countersign.metrics;

import com.google.protobuf.util.Timestamps;
import dev.countersign.client.WorkflowPages;
import dev.countersign.guard.GuardActivities;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Calls as Temporal knows them. */
final class TemporalCallLooks implements ApprovedCalls.CallLooks {
  private static final int AT_ONCE = 100;

  private final WorkflowClient client;
  private final WorkflowPages pages;
  private final String query;

  /**
   * Looks at calls.
   *
   * @param query finds those that wait for an approval, or run for the first time
   */
  TemporalCallLooks(WorkflowClient client, String query) {
    this.client = client;
    this.pages = new WorkflowPages(client);
    this.query = query;
  }

  @Override
  public List<String> waiting(List<String> ids) {
    List<String> found = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      String among =
          ids.subList(from, Math.min(from + AT_ONCE, ids.size())).stream()
              .collect(Collectors.joining("', '", " AND WorkflowId IN ('", "')"));
      pages.find(query + among, AT_ONCE, null).workflows().stream()
          .map(WorkflowPages.Found::id)
          .forEach(found::add);
    }
    return found;
  }

  @Override
  public boolean awaitsRun(String id, Instant approvedAt) {
    DescribeWorkflowExecutionResponse call;
    try {
      call =
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
                      .build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return false;
      }
      throw e;
    }
    return call.getWorkflowExecutionInfo().getStatus()
            == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
        && call.getPendingActivitiesList().stream()
            .noneMatch(activity -> hasBegun(activity) || isAskedAgain(activity, approvedAt));
  }

  private static boolean hasBegun(PendingActivityInfo activity) {
    return activity.getActivityType().getName().equals(GuardActivities.RUN)
        && (activity.getAttempt() > 1
            || activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED);
  }

  /** The token had ended before the run. */
  private static boolean isAskedAgain(PendingActivityInfo activity, Instant approvedAt) {
    return !GuardActivities.TYPES.contains(activity.getActivityType().getName())
        && Timestamps.toMillis(activity.getScheduledTime()) > approvedAt.toEpochMilli();
  }
}
