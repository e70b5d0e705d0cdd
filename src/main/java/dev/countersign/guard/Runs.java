package dev.countersign.guard;

import dev.countersign.approval.Decision;
import dev.countersign.approval.TokenEnd;
import dev.countersign.vault.Sealed;
import dev.countersign.workflow.Backoff;
import dev.countersign.workflow.Summary;
import dev.countersign.workflow.WorkflowTime;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Runs one approved call, in workflow code: again under the same key while that is safe, under a
 * second token too, and remembers whether any run's outcome is unknown, for then nothing that is
 * said later proves that nothing was done.
 */
final class Runs {
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final String NOT_COVERED =
      "Your earlier approval doesn't cover this any more, so your phone will be asked.";
  private static final String COVER_UNKNOWN =
      "It can't be known right now whether your earlier approval still covers this, so your phone"
          + " will be asked.";

  private final FrozenCall call;
  private final RunTerms terms;
  private final GuardActivities activities;
  private final GuardActivities lookUps;
  private final Runnable onRunOn;
  private @Nullable Instant since;
  private @Nullable String unclear;
  private boolean askedAgain;
  private Instant unclearAt = Instant.EPOCH;
  private int number;
  private @Nullable Sealed proof;

  /**
   * Of one call.
   *
   * @param onRunOn told before each pause that one more run, or look-up, is to follow
   */
  Runs(FrozenCall call, Snapshot snapshot, Runnable onRunOn) {
    this.call = call;
    this.onRunOn = onRunOn;
    this.terms = snapshot.run();
    this.activities = activities("Run " + snapshot.tool() + ": " + snapshot.message());
    this.lookUps = activities("Look up what became of: " + snapshot.message());
  }

  private GuardActivities activities(String summary) {
    return Workflow.newActivityStub(
        GuardActivities.class,
        ActivityOptions.newBuilder()
            // the method may use all of its time; a worker that died is noticed then
            .setStartToCloseTimeout(terms.timeout().plus(MARGIN))
            // a killed run may have done it: this class counts, no policy repeats
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .setSummary(Summary.of(summary))
            .build());
  }

  /**
   * What it is run under.
   *
   * @param token null: nobody is asked for this call, or an earlier approval covers it
   * @param tokenExpiresAt null: not known, or no token
   * @param at when it arrived
   * @param covered whether it is an earlier approval's
   * @param decidedIn span of the decision; null: there is none
   */
  record Permission(
      @Nullable Sealed token,
      @Nullable Instant tokenExpiresAt,
      Instant at,
      boolean covered,
      @Nullable String decidedIn) {
    static Permission of(Decision.Approved approved, Instant at) {
      return new Permission(
          approved.token(), approved.tokenExpiresAt(), at, false, approved.decidedIn());
    }

    static Permission unasked(Instant now) {
      return new Permission(null, null, now, false, null);
    }

    /**
     * Under an earlier approval.
     *
     * @param end of what it covers
     */
    static Permission covered(CoveredBy approval, Instant end) {
      return new Permission(null, end, approval.approvedAt(), true, null);
    }
  }

  /** What came of the runs under one token. */
  sealed interface Result {
    record Ended(CallEnd end) implements Result {}

    /** The token has ended, and the user may be asked for another one. */
    record TokenEnded() implements Result {}

    /**
     * The earlier approval covers it no more, as far as is known, and certainly nothing was done.
     *
     * @param sentence to be told before the user is asked
     */
    record NotCovered(String sentence) implements Result {}
  }

  Result run(Permission permission) {
    Instant now = WorkflowTime.now();
    Instant first = since == null ? now : since;
    since = first;
    Instant tokenEndsAt = permission.tokenExpiresAt();
    Instant patience = now.plus(terms.patience());
    Backoff backoff =
        new Backoff(
            terms.longestDelay(),
            permission.covered() || mayAskAgain() ? patience : earlier(patience, tokenEndsAt),
            "Pause before it is run again");
    while (true) {
      if (TokenEnd.hasCome(tokenEndsAt, WorkflowTime.now())) {
        return tokenEnded(permission);
      }
      @Nullable Duration retryAfter = null;
      boolean coverUnknown = false;
      String reason;
      switch (attempt(permission)) {
        case RunAnswer.Done(var result, _) -> {
          return new Result.Ended(new CallEnd.Done(result));
        }
        case RunAnswer.TokenEnded(var shown) -> {
          proof = shown;
          return tokenEnded(permission);
        }
        case RunAnswer.Refused(var words) -> {
          return ended(unlessDone(words, new CallEnd.Refused(words)), permission);
        }
        case RunAnswer.NotDone(var why, var wanted, var shown) -> {
          proof = shown;
          reason = why;
          retryAfter = wanted;
        }
        case RunAnswer.CoverUnknown(var shown) -> {
          proof = shown;
          reason = "Nobody says whether the earlier approval still covers it";
          coverUnknown = true;
        }
        case RunAnswer.Unknown(var why, var wanted) -> {
          reason = why;
          retryAfter = wanted;
          unclear = why;
          unclearAt = WorkflowTime.now();
          proof = null;
          if (!terms.idempotent()) {
            return ended(unlessDone(why, new CallEnd.NotDone(why, first)), permission);
          }
        }
      }
      if (!backoff.allows(retryAfter)) {
        if (coverUnknown && unclear == null) {
          return new Result.NotCovered(COVER_UNKNOWN);
        }
        return ended(unlessDone(reason, new CallEnd.NotDone(reason, first)), permission);
      }
      onRunOn.run();
      backoff.pause(retryAfter);
    }
  }

  /** Looked up, if that is possible and nobody knows. */
  private Result ended(CallEnd end, Permission permission) {
    if (!(end instanceof CallEnd.Unknown unknown) || !Boolean.TRUE.equals(terms.looksUp())) {
      return new Result.Ended(end);
    }
    Instant patience = WorkflowTime.now().plus(terms.patience());
    return new Result.Ended(
        new LookUps(
                lookUps,
                approvedRun(permission, null),
                unclearAt,
                new Backoff(
                    terms.longestDelay(),
                    earlier(patience, permission.tokenExpiresAt()),
                    "Pause before it is looked up again"),
                onRunOn)
            .settle(unknown));
  }

  private RunAnswer attempt(Permission permission) {
    try {
      number++;
      return activities.run(approvedRun(permission, proof));
    } catch (ActivityFailure e) { // the process died or hung while the method ran
      return new RunAnswer.Unknown("A run was cut off");
    }
  }

  private ApprovedRun approvedRun(Permission permission, @Nullable Sealed proof) {
    return new ApprovedRun(
        call,
        permission.token(),
        permission.tokenExpiresAt(),
        permission.at(),
        number,
        proof,
        permission.token() == null ? Workflow.getInfo().getFirstExecutionRunId() : null,
        permission.decidedIn());
  }

  /** To be told before the user is asked for another token. */
  String askingAgain() {
    askedAgain = true;
    return unclear == null
        ? "Your approval ended before it could be done; please approve once more."
        : "Your approval ended before there was a clear answer; please approve once more. What is"
            + " done then is the same, not a second one.";
  }

  /** An end without the method having run, unless it may have before. */
  CallEnd unlessDone(CallEnd end) {
    return unclear == null ? end : new CallEnd.Unknown(unclear, end);
  }

  private CallEnd unlessDone(String reason, CallEnd end) {
    return unclear == null ? end : new CallEnd.Unknown(reason, end);
  }

  private Result tokenEnded(Permission permission) {
    if (permission.covered() && unclear == null) {
      return new Result.NotCovered(NOT_COVERED);
    }
    return mayAskAgain()
        ? new Result.TokenEnded()
        : new Result.Ended(unlessDone(new CallEnd.ApprovalEnded()));
  }

  private boolean mayAskAgain() {
    return terms.askAgainWhenTokenEnds() && !askedAgain;
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }
}
