package dev.countersign.app.events;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The history of one workflow, over all its runs, by long polls. A run is read once: from its start
 * to where it stood when it was looked up, in silence, and from there on as it grows.
 */
final class TemporalHistory implements History {
  private static final int PAGE_SIZE = 100;

  /** The server holds an idle poll for about 20 s. */
  private static final Duration TOO_SOON = Duration.ofMillis(200);

  private final LongPolls server;
  private final String workflowId;
  private @Nullable Run run;

  /**
   * A run that is being read.
   *
   * @param known the last event that it had when it was looked up
   */
  private record Run(WorkflowExecution execution, long known, ByteString nextPage) {
    Run at(ByteString page) {
      return new Run(execution, known, page);
    }
  }

  TemporalHistory(LongPolls server, String workflowId) {
    this.server = server;
    this.workflowId = workflowId;
  }

  @Override
  public Life awaitChange() {
    try {
      return run == null ? lookUp() : read(run);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Life.NOT_THERE;
      }
      throw e;
    }
  }

  /** Finds the run of today, before anybody looks at what it has done. */
  private Life lookUp() {
    WorkflowExecutionInfo info =
        server
            .call(stub ->
                stub.describeWorkflowExecution(
                    DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(server.namespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                        .build()))
            .getWorkflowExecutionInfo();
    run = new Run(info.getExecution(), info.getHistoryLength(), ByteString.EMPTY);
    return info.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
        ? Life.GOES_ON
        : Life.ENDED;
  }

  private Life read(Run from) {
    Run at = from;
    while (true) {
      GetWorkflowExecutionHistoryResponse page = poll(at);
      if (page.getNextPageToken().isEmpty()) { // this run is over; is there another?
        run = null;
        return lookUp();
      }
      at = at.at(page.getNextPageToken());
      run = at;
      if (hasNews(page, at.known())) {
        return Life.GOES_ON;
      }
    }
  }

  private GetWorkflowExecutionHistoryResponse poll(Run at) {
    long asked = System.nanoTime();
    GetWorkflowExecutionHistoryResponse page =
        server.longPoll(stub ->
            stub.getWorkflowExecutionHistory(
                GetWorkflowExecutionHistoryRequest.newBuilder()
                    .setNamespace(server.namespace())
                    .setExecution(at.execution())
                    .setMaximumPageSize(PAGE_SIZE)
                    .setWaitNewEvent(true)
                    .setSkipArchival(true)
                    .setNextPageToken(at.nextPage())
                    .build()));
    boolean empty = page.getHistory().getEventsCount() == 0 && page.getRawHistoryCount() == 0;
    if (empty
        && !page.getNextPageToken().isEmpty()
        && System.nanoTime() - asked < TOO_SOON.toNanos()) {
      throw new IllegalStateException("Temporal ended a long poll at once, without news");
    }
    return page;
  }

  /** Only what a workflow task did can be seen from outside. */
  private static boolean hasNews(GetWorkflowExecutionHistoryResponse page, long known) {
    return page.getRawHistoryCount() > 0
        || page.getHistory().getEventsList().stream().anyMatch(event -> isNews(event, known));
  }

  private static boolean isNews(HistoryEvent event, long known) {
    return event.getEventId() > known
        && event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
  }
}
