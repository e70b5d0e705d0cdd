package dev.countersign.guard;

import dev.countersign.vault.Sealed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Input of {@link GuardActivities#run}.
 *
 * @param token the approved access token, sealed for this run of the workflow; null: nobody is
 *     asked for this call
 * @param tokenExpiresAt when it ends: the method isn't run then; null: not known
 * @param approvedAt when the approval arrived
 * @param number 1 for the first time that the call is run
 * @param proof that the time before has done nothing; null: this is the first, or it may have
 * @param firstRunId of a call that nobody is asked for, the run of the workflow in which it may be
 *     run: none that came of a reset; null: the token says it
 * @param decidedIn the span of the decision, a W3C {@code traceparent}; null: there is none
 */
public record ApprovedRun(
    FrozenCall call,
    @Nullable Sealed token,
    @Nullable Instant tokenExpiresAt,
    Instant approvedAt,
    int number,
    @Nullable Sealed proof,
    @Nullable String firstRunId,
    @Nullable String decidedIn) {

  /** Decided in no span. */
  public ApprovedRun(
      FrozenCall call,
      @Nullable Sealed token,
      @Nullable Instant tokenExpiresAt,
      Instant approvedAt,
      int number,
      @Nullable Sealed proof,
      @Nullable String firstRunId) {
    this(call, token, tokenExpiresAt, approvedAt, number, proof, firstRunId, null);
  }
}
