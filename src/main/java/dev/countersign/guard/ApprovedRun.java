package dev.countersign.guard;

import dev.countersign.vault.Sealed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Input of {@link GuardActivities#run}.
 *
 * @param token the approved access token, sealed for this run of the workflow
 * @param tokenExpiresAt when it ends: the method isn't run then; null: not known
 * @param approvedAt when the approval arrived
 * @param number 1 for the first time that the call is run
 * @param proof that the time before has done nothing; null: this is the first, or it may have
 */
public record ApprovedRun(
    FrozenCall call,
    Sealed token,
    @Nullable Instant tokenExpiresAt,
    Instant approvedAt,
    int number,
    @Nullable Sealed proof) {}
