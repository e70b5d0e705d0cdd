package dev.countersign.approval;

import dev.countersign.vault.Sealed;
import java.time.Duration;
import java.time.Instant;

/**
 * A request that the user has been asked and has not decided.
 *
 * @param authReqId the provider's handle, sealed for the workflow
 * @param askedAt when the request was sent
 * @param expiresAt until when the user can decide, counted from {@code askedAt}
 * @param interval least time between two polls
 */
public record PendingApproval(
    ApprovalRequest request,
    Sealed authReqId,
    Instant askedAt,
    Instant expiresAt,
    Duration interval) {}
