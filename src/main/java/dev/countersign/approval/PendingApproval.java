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
 * @param askedIn the span in which it was asked, a W3C {@code traceparent}; null: in none
 */
public record PendingApproval(
    ApprovalRequest request,
    Sealed authReqId,
    Instant askedAt,
    Instant expiresAt,
    Duration interval,
    @Nullable Notification notification,
    @Nullable String askedIn) {

  /** In no span. */
  public PendingApproval(
      ApprovalRequest request,
      Sealed authReqId,
      Instant askedAt,
      Instant expiresAt,
      Duration interval,
      @Nullable Notification notification) {
    this(request, authReqId, askedAt, expiresAt, interval, notification, null);
  }

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
    return new PendingApproval(request, authReqId, askedAt, expiresAt, slower, changed, askedIn);
  }

  /** The same, asked in that span. */
  public PendingApproval askedIn(@Nullable String span) {
    return new PendingApproval(
        request, authReqId, askedAt, expiresAt, interval, notification, span);
  }
}
