package dev.countersign.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.client.WorkflowClient;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Workflows by Temporal's visibility, which is a moment late: who just started or ended may be
 * missing or still there.
 */
public class WorkflowPages {
  private final WorkflowClient client;

  /** Finds workflows of the client's namespace. */
  public WorkflowPages(WorkflowClient client) {
    this.client = client;
  }

  /**
   * A workflow that was found.
   *
   * @param startedAt when its newest run began
   * @param ended whether that has ended for certain: whoever seems to go on may have ended since
   */
  public record Found(String id, Instant startedAt, boolean ended) {
    private static Found of(WorkflowExecutionInfo info) {
      return new Found(
          info.getExecution().getWorkflowId(),
          Instant.ofEpochMilli(Timestamps.toMillis(info.getStartTime())),
          info.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
    }
  }

  /**
   * Some of what was found.
   *
   * @param next where the next page starts; null: there is none
   */
  public record Page(List<Found> workflows, @Nullable ByteString next) {
    public Page {
      workflows = List.copyOf(workflows);
    }
  }

  /**
   * One page of what a query finds: first those that go on, newest first, then by their end.
   *
   * @param size at most that many
   * @param from start of the page; null: the first
   */
  public Page find(String query, int size, @Nullable ByteString from) {
    ListWorkflowExecutionsResponse found =
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .listWorkflowExecutions(
                ListWorkflowExecutionsRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setPageSize(size)
                    .setQuery(query)
                    .setNextPageToken(Objects.requireNonNullElse(from, ByteString.EMPTY))
                    .build());
    ByteString next = found.getNextPageToken();
    return new Page(
        found.getExecutionsList().stream().map(Found::of).toList(), next.isEmpty() ? null : next);
  }
}
