package dev.countersign.guard;

import com.google.protobuf.util.Timestamps;
import dev.countersign.approval.ApprovalActivities;
import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.client.KeptHistory;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowExecutionDescription;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ConcurrentLruCache;

/**
 * Calls whose users are asked for the first time and haven't answered, as most that go on: where
 * they stand is read off what Temporal keeps, without asking each, which takes a worker and, for
 * one that isn't in its memory, its whole history.
 */
final class AskedCalls {
  /** Events of a call up to its first wait; one that stood in line has more. */
  private static final long EVENTS = 12;

  /** Those of telling listeners that the user is asked, beside it. */
  private static final long EVENTS_OF_NEWS = 6;

  /** It was 1 at the start, and rose when the user was asked. */
  private static final int VERSION = 2;

  private static final int CACHED = 2_000;

  private final KeptHistory histories;
  private final BiFunction<String, HistoryEvent, Snapshot> snapshots;
  private final ConcurrentLruCache<Run, Beginning> beginnings =
      new ConcurrentLruCache<>(CACHED, this::begun);

  private record Run(String id, String runId) {}

  /**
   * What never changes of a run.
   *
   * @param requestedAt null: its first events don't say
   */
  private record Beginning(Snapshot snapshot, @Nullable Instant requestedAt) {}

  /**
   * Of calls whose histories are kept there.
   *
   * @param snapshots reads with what a call of an id was started
   */
  AskedCalls(KeptHistory histories, BiFunction<String, HistoryEvent, Snapshot> snapshots) {
    this.histories = histories;
    this.snapshots = snapshots;
  }

  /**
   * Where a call stands; empty: it may stand anywhere else.
   *
   * @param now it goes on, and is not overdue
   */
  Optional<CallState> of(String id, WorkflowExecutionDescription now) {
    OffsetDateTime expiresAt =
        now.getTypedSearchAttributes().get(ApprovalAttributes.APPROVAL_EXPIRES_AT);
    if (expiresAt == null || !isAwaiting(now) || now.getHistoryLength() > EVENTS + EVENTS_OF_NEWS) {
      return Optional.empty();
    }
    Beginning beginning = beginnings.get(new Run(id, now.getExecution().getRunId()));
    Instant requestedAt = beginning.requestedAt();
    return requestedAt != null && isFirstQuestion(now, beginning.snapshot())
        ? Optional.of(
            KeptCall.asked(beginning.snapshot(), requestedAt, expiresAt.toInstant(), VERSION))
        : Optional.empty();
  }

  private static boolean isAwaiting(WorkflowExecutionDescription now) {
    String status = now.getTypedSearchAttributes().get(ApprovalAttributes.STATUS);
    List<String> steps =
        now.getRawDescription().getPendingActivitiesList().stream()
            .map(AskedCalls::type)
            .filter(type -> !type.equals(ListenerActivities.TELL))
            .toList();
    return CallStatus.AWAITING_APPROVAL.name().equals(status)
        && steps.equals(List.of(ApprovalActivities.AWAIT_DECISION));
  }

  private static String type(PendingActivityInfo activity) {
    return activity.getActivityType().getName();
  }

  private static boolean isFirstQuestion(WorkflowExecutionDescription now, Snapshot snapshot) {
    long most = EVENTS + (snapshot.run().isListened() ? EVENTS_OF_NEWS : 0);
    return now.getHistoryLength() <= most && !snapshot.runsAtOnce();
  }

  private Beginning begun(Run run) {
    List<HistoryEvent> events =
        histories.first(
            WorkflowExecution.newBuilder().setWorkflowId(run.id()).setRunId(run.runId()).build(),
            Math.toIntExact(EVENTS));
    return new Beginning(snapshots.apply(run.id(), events.getFirst()), firstTask(events));
  }

  /** When the workflow's code first ran, in a task that was done; null: not as far as is known. */
  private static @Nullable Instant firstTask(List<HistoryEvent> events) {
    for (HistoryEvent event : events) {
      if (event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) {
        long started = event.getWorkflowTaskCompletedEventAttributes().getStartedEventId();
        return events.stream()
            .filter(other -> other.getEventId() == started)
            .findFirst()
            .map(task -> Instant.ofEpochMilli(Timestamps.toMillis(task.getEventTime())))
            .orElse(null);
      }
    }
    return null;
  }
}
