package dev.countersign.faults;

import dev.countersign.TestTemporal;
import dev.countersign.app.chat.budget.UserBudgetWorkflowImpl;
import dev.countersign.app.chat.conversation.ConversationWorkflowImpl;
import dev.countersign.app.chat.conversation.ForgottenConversationImpl;
import dev.countersign.app.signout.SignOutsWorkflowImpl;
import dev.countersign.faults.Evidence.Flow;
import dev.countersign.guard.GuardedCallWorkflowImpl;
import dev.countersign.guard.UserCallsWorkflowImpl;
import dev.countersign.guard.UserGrantsWorkflowImpl;
import dev.countersign.lease.LeaseWorkflowImpl;
import dev.countersign.question.UserQuestionsWorkflowImpl;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.testing.WorkflowReplayer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from Temporal what became of workflows. */
final class Flows implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Flows.class);

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  Flows(String target) {
    stubs = TestTemporal.at(target);
    client = WorkflowClient.newInstance(stubs);
  }

  List<Flow> all() {
    return client.listExecutions("").map(this::flow).toList();
  }

  private Flow flow(WorkflowExecutionMetadata workflow) {
    WorkflowExecutionHistory history =
        client.fetchHistory(
            workflow.getExecution().getWorkflowId(), workflow.getExecution().getRunId());
    List<HistoryEvent> events = history.getEvents();
    List<String> failedTasks =
        events.stream()
            .filter(HistoryEvent::hasWorkflowTaskFailedEventAttributes)
            .map(HistoryEvent::getWorkflowTaskFailedEventAttributes)
            .map(failed -> failed.getCause() + ": " + rootCause(failed.getFailure()))
            .toList();
    return new Flow(
        workflow.getExecution().getWorkflowId(),
        workflow.getWorkflowType(),
        workflow.getStatus().name().replace("WORKFLOW_EXECUTION_STATUS_", ""),
        failedTasks,
        failedTasks.isEmpty() || replays(history),
        events.size());
  }

  private static boolean replays(WorkflowExecutionHistory history) {
    try {
      WorkflowReplayer.replayWorkflowExecution(
          history,
          GuardedCallWorkflowImpl.class,
          UserCallsWorkflowImpl.class,
          UserGrantsWorkflowImpl.class,
          UserQuestionsWorkflowImpl.class,
          ConversationWorkflowImpl.class,
          ForgottenConversationImpl.class,
          SignOutsWorkflowImpl.class,
          UserBudgetWorkflowImpl.class,
          LeaseWorkflowImpl.class);
      return true;
    } catch (Exception e) {
      log.warn("A history doesn't replay", e);
      return false;
    }
  }

  private static String rootCause(Failure failure) {
    Failure root = failure;
    while (root.hasCause()) {
      root = root.getCause();
    }
    return root.getMessage();
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
