package dev.countersign.app.purchase;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.approval.ApprovalError;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionDescription;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as Temporal keeps it, without a word of its own: with what it was started, and the
 * status that it showed last.
 *
 * @param endedByItself whether its workflow came to its end
 * @param events how many its history has
 */
record KeptPurchase(
    String id,
    PurchaseInput input,
    PurchaseStatus status,
    Instant startedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant endedAt,
    boolean endedByItself,
    long events) {

  static KeptPurchase of(WorkflowExecutionDescription description, PurchaseInput input) {
    var attributes = description.getTypedSearchAttributes();
    OffsetDateTime expiresAt = attributes.get(ApprovalAttributes.APPROVAL_EXPIRES_AT);
    return new KeptPurchase(
        description.getExecution().getWorkflowId(),
        input,
        PurchaseStatus.valueOf(attributes.get(ApprovalAttributes.STATUS)),
        description.getStartTime(),
        expiresAt == null ? null : expiresAt.toInstant(),
        description.getCloseTime(),
        description.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED,
        description.getWorkflowExecutionInfo().getHistoryLength());
  }

  /** Of one that goes on. It has no version: what it says itself will be newer or the same. */
  PurchaseState open() {
    boolean pending = status == PurchaseStatus.AWAITING_APPROVAL;
    return state(status, null, pending ? ApprovalError.AUTHORIZATION_PENDING.code() : null, null);
  }

  /**
   * Its version is higher than any that the purchase gave itself: each of these took an event.
   *
   * @param ordered whether an attempt to order it was begun
   */
  PurchaseState ended(BooleanSupplier ordered) {
    Integer version = Math.toIntExact(events);
    if (endedByItself) {
      return state(status, null, null, version);
    }
    var stopped = StoppedPurchase.at(status, ordered);
    return state(stopped.status(), stopped.reason(), stopped.code(), version);
  }

  private PurchaseState state(
      PurchaseStatus now,
      @Nullable String reason,
      @Nullable String code,
      @Nullable Integer version) {
    Purchase purchase = input.purchase();
    return new PurchaseState(
        id,
        input.conversationId(),
        purchase.product(),
        purchase.qty(),
        purchase.priceLimit(),
        now,
        null,
        startedAt,
        expiresAt,
        null,
        null,
        endedAt,
        null,
        reason,
        code,
        version);
  }
}
