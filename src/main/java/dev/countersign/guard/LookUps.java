package dev.countersign.guard;

import dev.countersign.approval.TokenEnd;
import dev.countersign.workflow.Backoff;
import dev.countersign.workflow.WorkflowTime;
import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks what became of a call whose outcome is unknown, in workflow code. That there is no trace of
 * it counts only a while after it was run: until then it may be under way.
 */
final class LookUps {
  private final GuardActivities activities;
  private final ApprovedRun run;
  private final Instant lastRunAt;
  private final Backoff backoff;
  private final Runnable onRunOn;

  /**
   * Of one call.
   *
   * @param run with the token that may be shown while it lasts
   * @param lastRunAt when the last run of which nobody knows was over
   * @param backoff the pace, and when to leave it at that
   * @param onRunOn told before each pause
   */
  LookUps(
      GuardActivities activities,
      ApprovedRun run,
      Instant lastRunAt,
      Backoff backoff,
      Runnable onRunOn) {
    this.activities = activities;
    this.run = run;
    this.lastRunAt = lastRunAt;
    this.backoff = backoff;
    this.onRunOn = onRunOn;
  }

  /** What became of it; unknown still, if nobody can say in time. */
  CallEnd settle(CallEnd.Unknown unknown) {
    while (!TokenEnd.hasCome(run.tokenExpiresAt(), WorkflowTime.now())) {
      @Nullable Duration pause;
      switch (lookUp()) {
        case LookUpAnswer.Done(var result) -> {
          return new CallEnd.Done(result);
        }
        case LookUpAnswer.NotFound(var countsAfter) -> {
          pause = Duration.between(WorkflowTime.now(), lastRunAt.plus(countsAfter));
          if (!pause.isPositive()) {
            return unknown.ifNotDone();
          }
        }
        case LookUpAnswer.Unclear(_, var retryAfter) -> pause = retryAfter;
        case LookUpAnswer.NotPossible() -> {
          return unknown;
        }
      }
      if (!backoff.allows(pause)) {
        return unknown;
      }
      onRunOn.run();
      backoff.pause(pause);
    }
    return unknown;
  }

  private LookUpAnswer lookUp() {
    try {
      return activities.lookUp(run);
    } catch (ActivityFailure e) {
      return new LookUpAnswer.Unclear("A look-up was cut off", null);
    }
  }
}
