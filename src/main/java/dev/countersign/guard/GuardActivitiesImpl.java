package dev.countersign.guard;

import dev.countersign.approval.TokenEnd;
import dev.countersign.approval.TokenOwner;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.UnknownKeyException;
import dev.countersign.vault.Vault;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The seam between a guarded call and the method: nothing runs but what was frozen and approved.
 */
public final class GuardActivitiesImpl implements GuardActivities {
  private static final Logger log = LoggerFactory.getLogger(GuardActivitiesImpl.class);

  private static final String ANOTHER_RUN = "Another run of this workflow may have done it";

  private final ToolRegistry tools;
  private final Freezer freezer;
  private final Vault tokens;
  private final Vault proofs;
  private final RememberedApprovals remembered;
  private final InstantSource clock;

  /**
   * Runs the tools of this process.
   *
   * @param remembered approvals, which may cover calls
   * @param clock the Temporal server's, by which tokens end and attempts are over
   */
  public GuardActivitiesImpl(
      ToolRegistry tools,
      Freezer freezer,
      Vault vault,
      RememberedApprovals remembered,
      InstantSource clock) {
    this.tools = tools;
    this.freezer = freezer;
    this.tokens = vault.forPurpose(Purpose.TOKENS);
    this.proofs = vault.forPurpose(Purpose.CALLS);
    this.remembered = remembered;
    this.clock = clock;
  }

  @Override
  public RunAnswer run(ApprovedRun run) {
    Attempt attempt = new Attempt(Activity.getExecutionContext().getInfo(), run);
    long begun = System.nanoTime();
    RunAnswer answer = attempt.answer();
    attempt
        .entry(AuditEvent.RUN_ENDED)
        .outcome(attempt.outcome(answer))
        .took(Duration.ofNanos(System.nanoTime() - begun))
        .write();
    return answer;
  }

  @Override
  public LookUpAnswer lookUp(ApprovedRun run) {
    return new Attempt(Activity.getExecutionContext().getInfo(), run).lookUp();
  }

  /** One time that a call is to be run. */
  private final class Attempt {
    private final ActivityInfo info;
    private final ApprovedRun run;
    private final String workflowId;
    private @Nullable String conversation;
    private boolean begun;

    private Attempt(ActivityInfo info, ApprovedRun run) {
      this.info = info;
      this.run = run;
      this.workflowId = Objects.requireNonNull(info.getWorkflowId());
    }

    private AuditEntry entry(AuditEvent event) {
      return AuditEntry.of(event).call(workflowId).conversation(conversation);
    }

    private void auditBroken(String sealed) {
      entry(AuditEvent.SEAL_BROKEN).outcome(sealed).write();
    }

    /** As it is audited: who looks for what nobody can run mustn't find what was refused. */
    private String outcome(RunAnswer answer) {
      return answer instanceof RunAnswer.NotDone && !begun ? "not_begun" : answer.label();
    }

    private RunAnswer answer() {
      Snapshot snapshot;
      try {
        snapshot = freezer.check(run.call(), workflowId);
      } catch (UnknownKeyException e) {
        return notDone(String.valueOf(e.getMessage()), null);
      } catch (SealBrokenException e) {
        auditBroken("call");
        return new RunAnswer.Refused(String.valueOf(e.getMessage()));
      }
      conversation = snapshot.startedBy();
      if (isWithoutToken(snapshot) && !isItsOnlyRun(snapshot)) {
        return new RunAnswer.Unknown(ANOTHER_RUN);
      }
      if (mayHaveRun() && !snapshot.run().idempotent()) {
        return new RunAnswer.Unknown("Nothing shows that it was not done before");
      }
      Optional<GuardedTool> found = tools.findToRun(snapshot.tool(), snapshot.run().timeout());
      if (TokenEnd.hasCome(run.tokenExpiresAt(), clock.instant())) {
        return tokenEnded();
      }
      if (found.isEmpty()) {
        return notDone("This process has no tool " + snapshot.tool(), null);
      }
      if (!found.get().fingerprint().equals(snapshot.fingerprint())) {
        return notDone("This process has another version of the tool " + snapshot.tool(), null);
      }
      return answer(found.get(), snapshot);
    }

    /** Nobody is asked for it, or an earlier approval covers it. */
    private boolean isWithoutToken(Snapshot snapshot) {
      return snapshot.isUnasked() || coveredBy(snapshot) != null;
    }

    /** Null: the user was asked, though an earlier approval had covered it once, perhaps. */
    private @Nullable CoveredBy coveredBy(Snapshot snapshot) {
      return run.token() == null ? snapshot.coveredBy() : null;
    }

    /**
     * Of a call without a token of its own, which would say which run of the workflow may run it.
     */
    private boolean isItsOnlyRun(Snapshot snapshot) {
      return runId().equals(run.firstRunId())
          && (!snapshot.isUnasked() || run.tokenExpiresAt() == null);
    }

    /** Who may write to Temporal can start a call that has ended once more: not for ever. */
    private boolean isTooLate(Snapshot snapshot) {
      return snapshot.unaskedUntil() != null && clock.instant().isAfter(snapshot.unaskedUntil());
    }

    /** Who may write to Temporal can say that a run was not done, but can't prove it. */
    private boolean mayHaveRun() {
      if (info.getAttempt() > 1) {
        return true;
      }
      if (run.number() <= 1) {
        return false;
      }
      try {
        return run.proof() == null
            || !proofs.open(run.proof(), proofOf(run.number() - 1)).equals("not done");
      } catch (UnknownKeyException e) {
        return true;
      } catch (SealBrokenException e) {
        auditBroken("proof");
        return true;
      }
    }

    private RunAnswer answer(GuardedTool tool, Snapshot snapshot) {
      @Nullable Object[] arguments;
      String token;
      try {
        arguments = new FrozenArguments(snapshot.arguments()).thaw(tool.signature());
        token = token(snapshot);
      } catch (UnknownKeyException | IllegalArgumentException e) {
        return notDone(String.valueOf(e.getMessage()), null);
      } catch (RememberedApprovals.UnansweredException e) {
        return new RunAnswer.CoverUnknown(notDoneProof());
      } catch (NotCoveredException e) {
        return tokenEnded();
      } catch (SealBrokenException e) { // of another run, which may have done it
        auditBroken("token");
        return new RunAnswer.Unknown(String.valueOf(e.getMessage()));
      }
      if (isTooLate(snapshot)) {
        return new RunAnswer.Refused("It was not begun in time");
      }
      if (isOver()) {
        return notDone("The attempt was over before anything was done", null);
      }
      if (coveredBy(snapshot) != null) {
        entry(AuditEvent.COVERED).write();
      }
      begun = true;
      entry(AuditEvent.RUN_BEGUN).took(sinceApproved(snapshot)).write();
      return answer(tool, call(snapshot, token), arguments);
    }

    /** Null: its user was not asked for it, or it may have run before. */
    private @Nullable Duration sinceApproved(Snapshot snapshot) {
      return isWithoutToken(snapshot) || run.number() > 1 || info.getAttempt() > 1
          ? null
          : Duration.between(run.approvedAt(), clock.instant());
    }

    /** Null: nobody is asked for this call. */
    private @Nullable String token(Snapshot snapshot) {
      if (isWithoutToken(snapshot) && !isItsOnlyRun(snapshot)) {
        throw new SealBrokenException(ANOTHER_RUN);
      }
      if (snapshot.isUnasked()) {
        return null;
      }
      CoveredBy approval = coveredBy(snapshot);
      if (approval != null) {
        return remembered
            .token(snapshot.userID(), Objects.requireNonNull(snapshot.remember()), approval)
            .orElseThrow(NotCoveredException::new);
      }
      if (run.token() == null) {
        throw new SealBrokenException("Nobody has approved it");
      }
      return tokens.open(run.token(), TokenOwner.of(workflowId, runId(), run.call().request()));
    }

    private ApprovedCall call(Snapshot snapshot, @Nullable String token) {
      return new ApprovedCall(
          token,
          workflowId,
          snapshot.userID(),
          snapshot.authorizationDetails(),
          run.approvedAt(),
          run.number());
    }

    private LookUpAnswer lookUp() {
      if (TokenEnd.hasCome(run.tokenExpiresAt(), clock.instant())) {
        return new LookUpAnswer.Unclear("The approved token has ended", null);
      }
      Snapshot snapshot;
      String token;
      try {
        snapshot = freezer.check(run.call(), workflowId);
        token = token(snapshot);
      } catch (SealBrokenException
          | NotCoveredException
          | RememberedApprovals.UnansweredException e) {
        return new LookUpAnswer.Unclear(String.valueOf(e.getMessage()), null);
      }
      return tools
          .find(snapshot.tool())
          .filter(tool -> tool.lookUp() != null)
          .map(tool -> lookUp(tool, call(snapshot, token)))
          .orElseGet(() ->
              new LookUpAnswer.Unclear(
                  "This process can't look up calls of " + snapshot.tool(), null));
    }

    private LookUpAnswer lookUp(GuardedTool tool, ApprovedCall call) {
      Object found;
      try {
        found = call.run(Objects.requireNonNull(tool.lookUp()), new Object[0]);
      } catch (Throwable e) {
        log.warn("A call of {} could not be looked up: {}", tool.name(), FailureText.where(e));
        return new LookUpAnswer.Unclear("The look-up failed with " + FailureText.kind(e), null);
      }
      return switch (found) {
        case LookUp.Done(var value) -> new LookUpAnswer.Done(kept(tool, call, value));
        case LookUp.NotFound(var countsAfter) -> new LookUpAnswer.NotFound(countsAfter);
        case LookUp.Unclear(var reason, var retryAfter) ->
            new LookUpAnswer.Unclear(without(call, reason), retryAfter);
        case null, default -> new LookUpAnswer.NotPossible();
      };
    }

    private static @Nullable String kept(
        GuardedTool tool, ApprovedCall call, @Nullable Object value) {
      String result = KeptResult.of(tool.name(), value);
      return result == null ? null : without(call, result);
    }

    private RunAnswer answer(GuardedTool tool, ApprovedCall call, @Nullable Object[] arguments) {
      Instant begunAt = clock.instant();
      @Nullable Object value;
      try {
        value = call.run(tool.invocation(), arguments);
      } catch (NotRunException e) {
        log.warn("{} was not begun: {}", tool.name(), FailureText.where(e.getCause()));
        return notDone(
            "Something before the method failed: " + FailureText.kind(e.getCause()), null);
      } catch (NotDoneException e) {
        return notDone(without(call, e.getMessage()), e.retryAfter());
      } catch (TokenNotAcceptedException e) {
        String words = without(call, e.getMessage());
        log.warn("The token for a call of {} was not accepted: {}", tool.name(), words);
        return call.token() == null ? notDone(words, null) : tokenEnded();
      } catch (OutcomeUnknownException e) {
        return new RunAnswer.Unknown(without(call, e.getMessage()), e.retryAfter());
      } catch (RefusedException e) {
        return new RunAnswer.Refused(without(call, e.getMessage()));
      } catch (Throwable e) {
        log.warn(
            "{} failed, so that it is unknown whether it was done: {}",
            tool.name(),
            FailureText.where(e));
        return new RunAnswer.Unknown("The method failed with " + FailureText.kind(e));
      }
      RunWitness witness = new RunWitness(run.number(), begunAt, clock.instant());
      return new RunAnswer.Done(
          kept(tool, call, value),
          witness.seal(proofs, TokenOwner.of(workflowId, runId(), run.call().request())));
    }

    private RunAnswer tokenEnded() {
      return new RunAnswer.TokenEnded(notDoneProof());
    }

    private RunAnswer notDone(String reason, @Nullable Duration retryAfter) {
      return new RunAnswer.NotDone(reason, retryAfter, notDoneProof());
    }

    private Sealed notDoneProof() {
      return proofs.seal("not done", proofOf(run.number()));
    }

    private String proofOf(int number) {
      return "proof " + number + " of " + TokenOwner.of(workflowId, runId(), run.call().request());
    }

    private String runId() {
      return Objects.requireNonNull(info.getWorkflowRunId());
    }

    /**
     * After a machine has stood still: the workflow has gone on without this attempt, and may have
     * told its user that nothing was done.
     */
    private boolean isOver() {
      return clock.millis() - info.getStartedTimestamp()
          >= info.getStartToCloseTimeout().toMillis();
    }
  }

  /** The earlier approval covers the call no more. */
  private static final class NotCoveredException extends RuntimeException {
    private NotCoveredException() {
      super("The earlier approval has ended");
    }
  }

  /** What the method says, which must not hold its token. */
  private static String without(ApprovedCall call, @Nullable String words) {
    String said = String.valueOf(words);
    return call.token() == null ? said : said.replace(call.token(), "[token]");
  }
}
