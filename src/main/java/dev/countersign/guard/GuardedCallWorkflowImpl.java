package dev.countersign.guard;

import dev.countersign.approval.ApprovalError;
import dev.countersign.approval.ApprovalProgress;
import dev.countersign.approval.ApprovalRequest;
import dev.countersign.approval.Approvals;
import dev.countersign.approval.Decision;
import dev.countersign.workflow.Timers;
import dev.countersign.workflow.WorkflowTime;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One call of a guarded method, from the question on the user's device to what came of it. */
public final class GuardedCallWorkflowImpl implements GuardedCallWorkflow {
  private static final Logger log = Workflow.getLogger(GuardedCallWorkflowImpl.class);

  private final Approvals approvals = new Approvals();
  private final Snapshot snapshot;
  private final ApprovalRequest question;
  private final Runs runs;
  private final CallProgress progress;
  private final CallReporter reporter;
  private final CallTeller teller;
  private final ApprovalKeeper keeper;
  private boolean cancelled;
  private boolean cancelledFromOutside;
  private @Nullable CallSettlement settlement;
  private @Nullable CancellationScope approval;

  /** State is there before {@link #call} runs: a query or a cancel may come first. */
  @WorkflowInit
  public GuardedCallWorkflowImpl(FrozenCall call) {
    snapshot = Freezer.read(call);
    question = snapshot.approval(call.request());
    progress = new CallProgress(snapshot);
    runs = new Runs(call, snapshot, progress::runsOn);
    reporter = new CallReporter(snapshot);
    teller = new CallTeller(snapshot);
    keeper = new ApprovalKeeper(call, snapshot);
  }

  @Override
  public CallState call(FrozenCall call) {
    CancellationScope.current()
        .getCancellationRequest()
        .thenApply(_ -> {
          cancelledFromOutside = true;
          takeBack();
          return null;
        });
    // detached: Temporal's own cancel takes the call back in time, and cuts no run off
    Workflow.newDetachedCancellationScope(this::run).run();
    return progress.state();
  }

  private void run() {
    teller.start();
    CallEnd end = end();
    progress.ended(end);
    teller.ended(progress.state());
    log.info("Ended as {}", end.inLog());
    Duration settleWithin = end instanceof CallEnd.Unknown ? snapshot.run().settleWithin() : null;
    CallState ended = progress.state();
    reporter.ended(ended, settleWithin == null && teller.isDone());
    if (settleWithin != null) {
      awaitSettlement(settleWithin);
    }
    awaitQuiet();
    reporter.ended(ended, true); // whoever waits for it may have gone on elsewhere meanwhile
    awaitQuiet();
  }

  private void awaitQuiet() {
    Workflow.await(() -> teller.isDone() && Workflow.isEveryHandlerFinished());
  }

  /** Stays open for an operator, who may end the wait by Temporal's own cancel too. */
  private void awaitSettlement(Duration settleWithin) {
    boolean cancelledBefore = cancelledFromOutside;
    Timers.await(
        settleWithin,
        "Until an operator settles the outcome by the signal settle",
        () -> settlement != null || (cancelledFromOutside && !cancelledBefore));
    if (settlement != null) {
      CallEnd end =
          Boolean.TRUE.equals(settlement.done())
              ? new CallEnd.SettledAsDone(settlement.told())
              : new CallEnd.SettledAsNotDone(settlement.told());
      progress.ended(end);
      teller.settled(progress.state());
      log.info("Settled as {}", end.inLog());
      reporter.settled(progress.state());
    }
  }

  @Override
  public void settle(@Nullable CallSettlement said) {
    if (progress.status() != CallStatus.OUTCOME_UNKNOWN || settlement != null) {
      log.warn("There is nothing to settle: this call is {}", progress.status());
    } else if (said == null || said.done() == null) {
      log.warn("A settlement must say done: true or false; this one counts for nothing");
    } else {
      settlement = said;
    }
  }

  @Override
  public void reportEnd() {
    reporter.goesOnElsewhere();
  }

  @Override
  public void validateCancel() {
    CallStatus status = progress.status();
    boolean open = status != CallStatus.RUNNING && !status.isEnd();
    if (!open && status != CallStatus.CANCELLED) {
      throw new IllegalStateException(
          "This call is " + status + " and can't be cancelled any more.");
    }
  }

  @Override
  public CallState cancel() {
    takeBack();
    Workflow.await(() -> progress.status().isEnd());
    return progress.state();
  }

  @Override
  public CallState state() {
    return progress.state();
  }

  private void takeBack() {
    if (progress.status() == CallStatus.RUNNING || progress.status().isEnd()) {
      return;
    }
    cancelled = true;
    if (approval != null) {
      approval.cancel();
    }
  }

  private CallEnd end() {
    if (snapshot.isUnasked()) {
      return runUnasked();
    }
    CoveredBy approval = snapshot.coveredBy();
    return approval == null ? ask() : runCovered(approval);
  }

  private CallEnd runUnasked() {
    if (cancelled) {
      return new CallEnd.Cancelled(false);
    }
    progress.runsAtOnce();
    return switch (runs.run(Runs.Permission.unasked(WorkflowTime.now()))) {
      case Runs.Result.Ended(var end) -> end;
      case Runs.Result.TokenEnded _, Runs.Result.NotCovered _ ->
          throw new IllegalStateException("There is no token");
    };
  }

  private CallEnd runCovered(CoveredBy approval) {
    if (cancelled) {
      return new CallEnd.Cancelled(false);
    }
    progress.runsAtOnce();
    Instant end = Objects.requireNonNull(snapshot.remember()).end(approval);
    return switch (runs.run(Runs.Permission.covered(approval, end))) {
      case Runs.Result.Ended(var ended) -> ended;
      case Runs.Result.NotCovered(var sentence) -> askAfterAll(sentence);
      case Runs.Result.TokenEnded() -> askAfterAll(runs.askingAgain());
    };
  }

  private CallEnd askAfterAll(String sentence) {
    if (cancelledFromOutside) {
      return runs.unlessDone(new CallEnd.Cancelled(false));
    }
    new Told().askingAgain(sentence);
    return ask();
  }

  private CallEnd ask() {
    if (question.seal() == null) {
      return new CallEnd.Refused("What was to be asked was not frozen by this application");
    }
    boolean asked = false;
    while (true) {
      asked |= !cancelled;
      Decision decision = cancelled ? null : decide();
      if (cancelled || decision == null) { // a token that arrived just now is dropped
        return runs.unlessDone(new CallEnd.Cancelled(asked));
      }
      if (!(decision instanceof Decision.Approved approved)) {
        if (decision instanceof Decision.Denied) {
          progress.denied();
          teller.decided(progress.state(), false);
        }
        return runs.unlessDone(without(decision));
      }
      progress.runs();
      teller.decided(progress.state(), true);
      switch (runs.run(Runs.Permission.of(approved, progress.approvedAt()))) {
        case Runs.Result.Ended(var end) -> {
          if (end instanceof CallEnd.Done) {
            keeper.done(approved, progress.approvedAt());
          }
          return end;
        }
        case Runs.Result.NotCovered _ -> throw new IllegalStateException("It was asked");
        case Runs.Result.TokenEnded() -> {
          if (cancelledFromOutside) {
            return runs.unlessDone(new CallEnd.Cancelled(false));
          }
          new Told().askingAgain(runs.askingAgain());
        }
      }
    }
  }

  private static CallEnd without(Decision decision) {
    return switch (decision) {
      case Decision.Approved _ -> throw new IllegalArgumentException("An approval is no end");
      case Decision.Denied() -> new CallEnd.Denied();
      case Decision.Expired() -> new CallEnd.Expired();
      case Decision.Unreachable(var reason) -> new CallEnd.NoDevice(reason);
      case Decision.Rejected(var reason, _) -> new CallEnd.Rejected(reason, why(decision));
      case Decision.Lost(var reason, _) -> new CallEnd.ApprovalLost(reason, why(decision));
      case Decision.Failed(var reason, var since, _) ->
          new CallEnd.NotApproved(reason, since, why(decision));
    };
  }

  private static ApprovalError why(Decision decision) {
    return Objects.requireNonNull(decision.error(), "Only an approval has none");
  }

  /** Asks and waits in a scope of its own, which {@link #cancel} ends; null: it did. */
  private @Nullable Decision decide() {
    CompletablePromise<Decision> decision = Workflow.newPromise();
    approval =
        Workflow.newCancellationScope(
            () -> decision.complete(approvals.request(question, new Told())));
    try {
      approval.run();
      return decision.get();
    } catch (TemporalFailure e) {
      if (cancelled) {
        return null;
      }
      throw e;
    }
  }

  /** Keeps the status up to date while the approval goes on. */
  private final class Told implements ApprovalProgress {
    @Override
    public void awaiting(Instant expiresAt) {
      progress.awaitsApproval(expiresAt);
      teller.asked(progress.state());
    }

    @Override
    public void inLine(String sentence) {
      if (progress.standsInLine(sentence)) {
        reporter.notice(sentence);
      }
    }

    @Override
    public void askingAgain(String sentence) {
      progress.asksAgain(sentence);
      reporter.notice(sentence);
    }
  }
}
