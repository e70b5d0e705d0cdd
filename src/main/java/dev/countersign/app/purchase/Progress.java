package dev.countersign.app.purchase;

import static dev.countersign.app.purchase.PurchaseStatus.AWAITING_APPROVAL;
import static dev.countersign.app.purchase.PurchaseStatus.REQUESTED;

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

/** How far a purchase is: its status, search attributes and details change together, only here. */
final class Progress {
  private final PurchaseInput input;
  private final Instant requestedAt = WorkflowTime.now();
  private PurchaseStatus status = REQUESTED;
  private int version = 1;
  private @Nullable String bindingMessage;
  private @Nullable Instant expiresAt;
  private @Nullable Instant decidedAt;
  private @Nullable Instant orderedAt;
  private @Nullable Instant endedAt;
  private @Nullable Outcome outcome;

  Progress(PurchaseInput input) {
    this.input = input;
    showDetails();
  }

  PurchaseStatus status() {
    return status;
  }

  void asks(String bindingMessage) {
    this.bindingMessage = bindingMessage;
    version++;
    showDetails();
  }

  void awaitsApproval(Instant expiresAt) {
    this.expiresAt = expiresAt;
    enter(
        AWAITING_APPROVAL,
        ApprovalAttributes.APPROVAL_EXPIRES_AT.valueSet(expiresAt.atOffset(ZoneOffset.UTC)));
  }

  /** Back from waiting, or from ordering: the user is to be asked once more. */
  void asksAgain() {
    expiresAt = null;
    decidedAt = null;
    enter(REQUESTED, ApprovalAttributes.APPROVAL_EXPIRES_AT.valueUnset());
  }

  void approved() {
    decidedAt = WorkflowTime.now();
    enter(PurchaseStatus.APPROVED);
  }

  void orders() {
    enter(PurchaseStatus.ORDERING);
  }

  /** The purchase has ended, or what came of it has become clear since. */
  void ended(Outcome end) {
    outcome = end;
    endedAt = WorkflowTime.now();
    switch (end) {
      case Outcome.Ordered _, Outcome.SettledAsOrdered _ -> orderedAt = endedAt;
      case Outcome.Denied _ -> decidedAt = endedAt;
      case Outcome.Expired _,
          Outcome.NoDevice _,
          Outcome.Unshowable _,
          Outcome.Rejected _,
          Outcome.ShopRefused _,
          Outcome.Cancelled _,
          Outcome.ApprovalLost _,
          Outcome.ApprovalEnded _,
          Outcome.Broken _,
          Outcome.Failed _,
          Outcome.ShopUnavailable _,
          Outcome.Unknown _,
          Outcome.SettledAsNotOrdered _ -> {}
    }
    enter(end.status());
  }

  PurchaseState state() {
    Purchase purchase = input.purchase();
    return new PurchaseState(
        Workflow.getInfo().getWorkflowId(),
        input.conversationId(),
        purchase.product(),
        purchase.qty(),
        purchase.priceLimit(),
        status,
        bindingMessage,
        requestedAt,
        expiresAt,
        decidedAt,
        orderedAt,
        endedAt,
        outcome == null ? null : outcome.result(),
        outcome == null || outcome.result() != null ? null : outcome.sentence(),
        code(),
        version);
  }

  private @Nullable String code() {
    if (outcome != null) {
      return outcome.code();
    }
    return status == AWAITING_APPROVAL ? ApprovalError.AUTHORIZATION_PENDING.code() : null;
  }

  private void enter(PurchaseStatus next, SearchAttributeUpdate<?>... more) {
    status = next;
    version++;
    List<SearchAttributeUpdate<?>> updates = new ArrayList<>(List.of(more));
    updates.add(ApprovalAttributes.STATUS.valueSet(next.name()));
    Workflow.upsertTypedSearchAttributes(updates.toArray(SearchAttributeUpdate<?>[]::new));
    showDetails();
  }

  private void showDetails() {
    Workflow.setCurrentDetails(Details.of(state(), outcome));
  }
}
