package dev.countersign.guard;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.approval.ApprovalError;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionDescription;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call as Temporal keeps it, without a word of its own: with what it was started, and the status
 * that it showed last.
 *
 * @param status as it was shown: while the method runs for the first time, that the user is asked
 * @param endedByItself whether its workflow came to its end
 * @param events how many its history has
 */
record KeptCall(
    String id,
    Snapshot snapshot,
    CallStatus status,
    Instant startedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant endedAt,
    boolean endedByItself,
    long events) {
  /** A call whose expiry was so long ago has ended, if anything works on it. */
  private static final Duration ENDED_WITHIN = Duration.ofMinutes(1);

  private static final String OVERDUE =
      "The time to approve this is over, and what became of it can't be known right now.";

  static KeptCall of(WorkflowExecutionDescription description, Snapshot snapshot) {
    var attributes = description.getTypedSearchAttributes();
    OffsetDateTime expiresAt = attributes.get(ApprovalAttributes.APPROVAL_EXPIRES_AT);
    return new KeptCall(
        description.getExecution().getWorkflowId(),
        snapshot,
        CallStatus.valueOf(attributes.get(ApprovalAttributes.STATUS)),
        description.getStartTime(),
        expiresAt == null ? null : expiresAt.toInstant(),
        description.getCloseTime(),
        description.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED,
        description.getWorkflowExecutionInfo().getHistoryLength());
  }

  /**
   * What is certain of one that was started a moment ago.
   *
   * @param startedAt by the Temporal server's clock, as near as it is known
   */
  static CallState justStarted(Snapshot snapshot, Instant startedAt) {
    Instant now = startedAt.truncatedTo(ChronoUnit.MILLIS);
    return new KeptCall(snapshot.id(), snapshot, CallStatus.REQUESTED, now, null, null, false, 0)
        .open(BegunSteps::none, now);
  }

  /** Of one whose user is asked, and whose version is known. */
  static CallState asked(
      Snapshot snapshot, Instant requestedAt, Instant expiresAt, Integer version) {
    CallStatus status = CallStatus.AWAITING_APPROVAL;
    String code = ApprovalError.AUTHORIZATION_PENDING.code();
    return new KeptCall(snapshot.id(), snapshot, status, requestedAt, expiresAt, null, false, 0)
        .state(status, expiresAt, null, code, version, BegunSteps::none);
  }

  /**
   * Of one that goes on. It has no version: what it says itself will be newer or the same.
   *
   * @param steps asked only where they say more: that the method runs isn't shown of its first run
   */
  CallState open(Supplier<BegunSteps> steps, Instant now) {
    boolean pending = status == CallStatus.AWAITING_APPROVAL;
    boolean atOnce = snapshot.runsAtOnce() && !status.isEnd();
    if ((pending || atOnce) && steps.get().lastIsRun()) {
      return state(CallStatus.RUNNING, expiresAt, null, null, null, steps);
    }
    if (pending && expiresAt != null && now.isAfter(expiresAt.plus(ENDED_WITHIN))) {
      return state(status, null, OVERDUE, CallState.NO_ANSWER, null, steps);
    }
    String code = pending ? ApprovalError.AUTHORIZATION_PENDING.code() : null;
    return state(status, expiresAt, null, code, null, steps);
  }

  /**
   * Its version is higher than any that the call gave itself: each of these took an event.
   *
   * @param steps asked only where they say more
   */
  CallState ended(Supplier<BegunSteps> steps) {
    Integer version = Math.toIntExact(events);
    if (endedByItself) {
      return state(status, expiresAt, null, null, version, steps);
    }
    var stopped = StoppedCall.at(status, () -> steps.get().haveRun());
    return state(stopped.status(), expiresAt, stopped.reason(), stopped.code(), version, steps);
  }

  /** Null: none covers it, it was taken back, or its user was asked after all. */
  private @Nullable CoveredBy coveredBy(CallStatus now, Supplier<BegunSteps> steps) {
    CoveredBy approval = snapshot.coveredBy();
    return approval == null || now == CallStatus.CANCELLED || steps.get().haveAsked()
        ? null
        : approval;
  }

  private CallState state(
      CallStatus now,
      @Nullable Instant until,
      @Nullable String reason,
      @Nullable String code,
      @Nullable Integer version,
      Supplier<BegunSteps> steps) {
    return new CallState(
        id,
        snapshot.tool(),
        snapshot.arguments(),
        snapshot.message(),
        now,
        startedAt,
        until,
        null,
        null,
        endedAt,
        null,
        reason,
        code,
        endedAt == null ? null : reason,
        snapshot.startedBy(),
        snapshot.isUnasked() ? true : null,
        coveredBy(now, steps),
        version);
  }
}
