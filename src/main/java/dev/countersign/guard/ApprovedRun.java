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
 */
public record ApprovedRun(
    FrozenCall call, Sealed token, @Nullable Instant tokenExpiresAt, Instant approvedAt) {}
