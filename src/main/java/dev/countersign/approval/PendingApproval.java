package dev.countersign.approval;

import dev.countersign.vault.Sealed;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that the user has been asked and has not decided. Lives in histories: new components
 * must be nullable.
 *
 * @param authReqId the provider's handle, sealed for the workflow
 * @param askedAt when the request was sent
 * @param expiresAt until when the user can decide, counted from {@code askedAt}
 * @param interval least time between two polls
 * @param notification null: poll mode
 */
public record PendingApproval(
    ApprovalRequest request,
    Sealed authReqId,
    Instant askedAt,
    Instant expiresAt,
    Duration interval,
    @Nullable Notification notification) {

  /** In poll mode. */
  public PendingApproval(
      ApprovalRequest request,
      Sealed authReqId,
      Instant askedAt,
      Instant expiresAt,
      Duration interval) {
    this(request, authReqId, askedAt, expiresAt, interval, null);
  }

  PendingApproval with(Duration slower, Notification changed) {
    return new PendingApproval(request, authReqId, askedAt, expiresAt, slower, changed);
  }
}
