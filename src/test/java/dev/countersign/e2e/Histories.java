package dev.countersign.e2e;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.countersign.TestTemporal;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Temporal has recorded of workflows. */
final class Histories implements AutoCloseable {
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  Histories(Product product) {
    stubs = TestTemporal.at(product.temporal.target());
    client = WorkflowClient.newInstance(stubs);
  }

  /** When the first such event happened. */
  Instant firstTime(String workflowId, Predicate<HistoryEvent> such) {
    return events(workflowId).stream()
        .filter(such)
        .map(event -> at(event.getEventTime()))
        .findFirst()
        .orElseThrow();
  }

  /** Who has done a workflow's tasks and activities, by the names of processes. */
  Set<String> workersOf(String workflowId) {
    return events(workflowId).stream()
        .flatMap(event ->
            Stream.of(
                event.getWorkflowTaskCompletedEventAttributes().getIdentity(),
                event.getActivityTaskCompletedEventAttributes().getIdentity()))
        .filter(identity -> !identity.isEmpty())
        .collect(Collectors.toSet());
  }

  /** As {@code temporal workflow show --output json} prints it. */
  String json(String workflowId) {
    return client.fetchHistory(workflowId).toJson(true);
  }

  /** How many such events have happened. */
  long count(String workflowId, Predicate<HistoryEvent> such) {
    return events(workflowId).stream().filter(such).count();
  }

  /** Whether a step or the question was tried again, as it is where a machine stalls. */
  boolean hasRepetitions(String workflowId) {
    List<HistoryEvent> events = events(workflowId);
    long asked =
        events.stream()
            .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
            .map(event -> event.getActivityTaskScheduledEventAttributes().getActivityType())
            .filter(type -> type.getName().equals("RequestApproval"))
            .count();
    return asked > 1
        || events.stream()
            .anyMatch(event ->
                event.hasWorkflowTaskTimedOutEventAttributes()
                    || event.hasWorkflowTaskFailedEventAttributes());
  }

  /** The newest run of a workflow. */
  String runOf(String workflowId) {
    return client.newUntypedWorkflowStub(workflowId).describe().getExecution().getRunId();
  }

  /** Has a workflow go on from before it scheduled an activity for the first time. */
  void resetToBefore(String workflowId, String activityType) {
    WorkflowExecution run = client.newUntypedWorkflowStub(workflowId).describe().getExecution();
    long task =
        events(workflowId).stream()
            .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
            .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
            .filter(scheduled -> scheduled.getActivityType().getName().equals(activityType))
            .findFirst()
            .orElseThrow()
            .getWorkflowTaskCompletedEventId();
    var _ =
        stubs
            .blockingStub()
            .resetWorkflowExecution(
                ResetWorkflowExecutionRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setWorkflowExecution(run)
                    .setWorkflowTaskFinishEventId(task)
                    .setRequestId(UUID.randomUUID().toString())
                    .setReason("by the test")
                    .build());
  }

  /** Whether Temporal still has a run. */
  boolean has(String workflowId, String runId) {
    try {
      var run =
          WorkflowTargetOptions.newBuilder().setWorkflowId(workflowId).setRunId(runId).build();
      client.newUntypedWorkflowStub(run).describe();
      return true;
    } catch (WorkflowNotFoundException e) {
      return false;
    }
  }

  /** What the pending activities have stored for their next attempts, as it is stored. */
  String stored(String workflowId) {
    return pending(workflowId)
        .flatMap(activity -> activity.getHeartbeatDetails().getPayloadsList().stream())
        .map(payload -> payload.getData().toStringUtf8())
        .collect(Collectors.joining("\n"));
  }

  /** Times and types of all events, and how the pending activities stand, a line each. */
  String told(String workflowId) {
    Stream<String> events =
        events(workflowId).stream()
            .map(event -> at(event.getEventTime()) + " " + event.getEventType());
    Stream<String> pending = pending(workflowId).map(Histories::told);
    return Stream.concat(events, pending).collect(Collectors.joining("\n"));
  }

  void terminate(String workflowId) {
    client.newUntypedWorkflowStub(workflowId).terminate("by the test");
  }

  private Stream<PendingActivityInfo> pending(String workflowId) {
    return client
        .newUntypedWorkflowStub(workflowId)
        .describe()
        .getRawDescription()
        .getPendingActivitiesList()
        .stream();
  }

  /** An attempt is in no history before its activity has ended. */
  private static String told(PendingActivityInfo activity) {
    return "Pending: %s, %s, attempt %d, started %s, heartbeat %s, by %s"
        .formatted(
            activity.getActivityType().getName(),
            activity.getState(),
            activity.getAttempt(),
            at(activity.getLastStartedTime()),
            at(activity.getLastHeartbeatTime()),
            activity.getLastWorkerIdentity());
  }

  private List<HistoryEvent> events(String workflowId) {
    return client.fetchHistory(workflowId).getEvents();
  }

  private static Instant at(Timestamp time) {
    return Instant.ofEpochMilli(Timestamps.toMillis(time));
  }

  @Override
  public void close() {
    stubs.shutdown();
  }
}
