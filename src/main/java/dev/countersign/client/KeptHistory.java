package dev.countersign.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Histories as Temporal keeps them: needs no worker, and nothing of what workflows do. */
public final class KeptHistory {
  private final WorkflowClient client;

  /** Of workflows in the client's namespace. */
  public KeptHistory(WorkflowClient client) {
    this.client = client;
  }

  /**
   * With what a run was started.
   *
   * @param run without a run id: the newest
   */
  public HistoryEvent start(WorkflowExecution run) {
    return first(run, 1).getFirst();
  }

  /**
   * Its first events.
   *
   * @param run without a run id: the newest
   * @param most of them
   */
  public List<HistoryEvent> first(WorkflowExecution run, int most) {
    return page(run, HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT, most);
  }

  /**
   * How a run has ended; empty: it goes on.
   *
   * @param run without a run id: the newest
   */
  public Optional<HistoryEvent> end(WorkflowExecution run) {
    return page(run, HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT, 1).stream()
        .findFirst();
  }

  private List<HistoryEvent> page(WorkflowExecution run, HistoryEventFilterType kind, int size) {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .getWorkflowExecutionHistory(
            GetWorkflowExecutionHistoryRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setExecution(run)
                .setMaximumPageSize(size)
                .setHistoryEventFilterType(kind)
                .build())
        .getHistory()
        .getEventsList();
  }

  /** What a look at a workflow says; empty: it isn't there. */
  public static <T> Optional<T> ifThere(Supplier<T> look) {
    try {
      return Optional.of(look.get());
    } catch (WorkflowNotFoundException _) {
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
