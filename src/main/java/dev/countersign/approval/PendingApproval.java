package dev.countersign.approval;

import dev.countersign.vault.Sealed;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that the user has been asked and has not decided.
 *
 * @param authReqId the provider's handle, sealed for the workflow
 * @param askedAt when the request was sent
 * @param expiresAt until when the user can decide, counted from {@code askedAt}
 * @param interval least time between two polls
 * @param notification what the provider's notification must come with; null: poll mode
 */
public record PendingApproval(
    ApprovalRequest request,
    Sealed authReqId,
    Instant askedAt,
    Instant expiresAt,
    Duration interval,
    @Nullable Notification notification) {

  /** The provider will say when the user has decided, and has not said so yet. */
  boolean awaitsPing() {
    return notification != null && !notification.arrived();
  }

  /** The provider has said that the user has decided. */
  boolean pinged() {
    return notification != null && notification.arrived();
  }

  PendingApproval atPing(Notification expected) {
    return new PendingApproval(
        request, authReqId, askedAt, expiresAt, interval, expected.atArrival());
  }
}
