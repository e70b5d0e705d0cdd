package dev.countersign.guard;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.approval.ApprovalError;
import dev.countersign.workflow.WorkflowTime;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a call is: its status, search attributes and details change together, only here. Search
 * attributes change when the user is asked and at the end, and between them only if the first run
 * was not enough: each change is a write of its own.
 */
final class CallProgress {
  private final Snapshot snapshot;
  private final Instant requestedAt = WorkflowTime.now();
  private CallStatus status = CallStatus.REQUESTED;
  private CallStatus shown = status;
  private int version = 1;
  private @Nullable Instant expiresAt;
  private @Nullable Instant decidedAt;
  private @Nullable Instant doneAt;
  private @Nullable Instant endedAt;
  private @Nullable CallEnd end;
  private @Nullable String notice;
  private boolean inLine;
  private @Nullable CoveredBy coveredBy;

  CallProgress(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.coveredBy = snapshot.coveredBy();
    showDetails();
  }

  CallStatus status() {
    return status;
  }

  void awaitsApproval(Instant expiresAt) {
    this.expiresAt = expiresAt;
    inLine = false;
    enter(CallStatus.AWAITING_APPROVAL);
    upsert(ApprovalAttributes.APPROVAL_EXPIRES_AT.valueSet(expiresAt.atOffset(ZoneOffset.UTC)));
  }

  /** Back from waiting, or from running: the user is to be asked once more. */
  void asksAgain(String sentence) {
    notice = sentence;
    coveredBy = null;
    expiresAt = null;
    decidedAt = null;
    enter(CallStatus.REQUESTED);
    upsert(ApprovalAttributes.APPROVAL_EXPIRES_AT.valueUnset());
  }

  /**
   * Others come first.
   *
   * @return whether that is news
   */
  boolean standsInLine(String sentence) {
    if (inLine && sentence.equals(notice)) {
      return false;
    }
    boolean isNew = !inLine;
    inLine = true;
    notice = sentence;
    enter(CallStatus.REQUESTED);
    return isNew;
  }

  /** The user said no, of which the end is about to follow. */
  void denied() {
    decidedAt = WorkflowTime.now();
  }

  /** The user said yes. */
  void runs() {
    decidedAt = WorkflowTime.now();
    enter(CallStatus.RUNNING);
  }

  /** Nobody is asked, or not again. */
  void runsAtOnce() {
    enter(CallStatus.RUNNING);
  }

  /** One run was not enough: for how long nobody knows. */
  void runsOn() {
    if (Boolean.TRUE.equals(snapshot.runShown()) && shown != status) {
      upsert();
    }
  }

  /** When the approval arrived that it runs under. */
  Instant approvedAt() {
    return decidedAt == null ? WorkflowTime.now() : decidedAt;
  }

  /** The call has ended, or what came of it has become clear since. */
  void ended(CallEnd end) {
    this.end = end;
    if (end instanceof CallEnd.Cancelled) {
      coveredBy = null; // it covered nothing that was done
    }
    endedAt = WorkflowTime.now();
    if (end.status() == CallStatus.DONE) {
      doneAt = endedAt;
    }
    enter(end.status());
    upsert();
  }

  CallState state() {
    return new CallState(
        Workflow.getInfo().getWorkflowId(),
        snapshot.tool(),
        snapshot.arguments(),
        snapshot.message(),
        status,
        requestedAt,
        expiresAt,
        decidedAt,
        doneAt,
        endedAt,
        end instanceof CallEnd.Done(var result) ? result : null,
        reason(),
        code(),
        end == null || end instanceof CallEnd.Done ? null : end.toolResult(),
        snapshot.startedBy(),
        snapshot.isUnasked() ? true : null,
        coveredBy,
        version);
  }

  private @Nullable String reason() {
    if (end == null) {
      return notice;
    }
    return end instanceof CallEnd.Done ? null : end.sentence();
  }

  private @Nullable String code() {
    if (end != null) {
      return end.code();
    }
    if (inLine) {
      return CallState.IN_LINE;
    }
    return status == CallStatus.AWAITING_APPROVAL
        ? ApprovalError.AUTHORIZATION_PENDING.code()
        : null;
  }

  private void enter(CallStatus next) {
    status = next;
    version++;
    showDetails();
  }

  private void upsert(SearchAttributeUpdate<?>... more) {
    shown = status;
    List<SearchAttributeUpdate<?>> updates = new ArrayList<>(List.of(more));
    updates.add(ApprovalAttributes.STATUS.valueSet(status.name()));
    Workflow.upsertTypedSearchAttributes(updates.toArray(SearchAttributeUpdate<?>[]::new));
  }

  private void showDetails() {
    Workflow.setCurrentDetails(CallDetails.of(state(), end));
  }
}
