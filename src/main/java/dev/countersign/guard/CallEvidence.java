package dev.countersign.guard;

import dev.countersign.approval.ApprovalEvidence;
import org.jspecify.annotations.Nullable;

/**
 * What shows that a call was approved, and what became of it. All of it but {@code ended} was
 * sealed by this application when it happened.
 *
 * @param ended how it ended, as Temporal keeps it
 * @param userID the {@code sub} of the user who was asked
 * @param message what their device showed
 * @param authorizationDetails what was asked as a JSON array (RFC 9396); null: nothing such
 * @param argumentsDigest SHA-256 of the frozen arguments, in hexadecimal digits
 * @param approval the newest, if there are several
 * @param run the one that did it; null: none is known to have
 */
public record CallEvidence(
    CallState ended,
    String userID,
    String message,
    @Nullable String authorizationDetails,
    String argumentsDigest,
    ApprovalEvidence approval,
    @Nullable RunWitness run) {}
