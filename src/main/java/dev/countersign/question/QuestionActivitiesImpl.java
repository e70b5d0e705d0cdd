package dev.countersign.question;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.client.SideBySide;
import dev.countersign.workflow.ExpectedFailure;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.failure.ApplicationFailure;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at what Temporal keeps of them, which asks no worker. */
public final class QuestionActivitiesImpl implements QuestionActivities {
  /** Of calls that have not been approved and may be yet. */
  private static final List<String> OPEN = List.of("REQUESTED", "AWAITING_APPROVAL");

  /** Of those that are looked at again and again. */
  private static final int MOST_AT_ONCE = 100;

  private final WorkflowClient client;
  private final InstantSource clock;

  /**
   * Of the client's namespace.
   *
   * @param clock the Temporal server's
   */
  public QuestionActivitiesImpl(WorkflowClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  @Override
  public List<Seen> look(List<String> ids) {
    return SideBySide.look(ids, this::seen).stream()
        .sorted(Comparator.comparing(Seen::at))
        .toList();
  }

  @Override
  public List<Seen> awaitAnswer(List<String> ids) {
    List<Seen> seen = look(part(ids, Activity.getExecutionContext().getInfo().getAttempt()));
    if (seen.stream().noneMatch(Seen::hasEnded)) {
      throw ExpectedFailure.of(
          ApplicationFailure.newBuilder()
              .setMessage("None of them is answered yet")
              .setType("Unanswered"));
    }
    return seen;
  }

  /** A part of many, each time another. */
  private static List<String> part(List<String> ids, int attempt) {
    int parts = Math.ceilDiv(ids.size(), MOST_AT_ONCE);
    int from = (attempt - 1) % Math.max(1, parts) * MOST_AT_ONCE;
    return ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE));
  }

  private Seen seen(String id) {
    try {
      return seen(id, client.newUntypedWorkflowStub(id).describe());
    } catch (WorkflowNotFoundException e) { // deleted
      return new Seen(id, true, Seen.Answer.NONE, clock.instant());
    }
  }

  private Seen seen(String id, WorkflowExecutionDescription call) {
    String status = call.getTypedSearchAttributes().get(ApprovalAttributes.STATUS);
    boolean isRunning =
        call.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    boolean isOpen = isRunning && (status == null || OPEN.contains(status));
    return new Seen(
        id,
        !isOpen,
        isOpen ? Seen.Answer.NONE : answer(status),
        Objects.requireNonNullElseGet(call.getCloseTime(), clock::instant));
  }

  private static Seen.Answer answer(@Nullable String status) {
    return switch (status) {
      case "DENIED" -> Seen.Answer.DENIED;
      case "RUNNING", "DONE", "OUTCOME_UNKNOWN" -> Seen.Answer.APPROVED;
      case null, default -> Seen.Answer.NONE;
    };
  }
}
