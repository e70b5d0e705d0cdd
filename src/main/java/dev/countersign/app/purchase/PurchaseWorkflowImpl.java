package dev.countersign.app.purchase;

import dev.countersign.approval.ApprovalError;
import dev.countersign.approval.ApprovalProgress;
import dev.countersign.approval.Approvals;
import dev.countersign.approval.Causes;
import dev.countersign.approval.Decision;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.spring.boot.WorkflowImpl;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One purchase, from the question on the user's phone to the order, or to why there is none. */
@WorkflowImpl(taskQueues = PurchaseStart.TASK_QUEUE)
public class PurchaseWorkflowImpl implements PurchaseWorkflow {
  private static final Logger log = Workflow.getLogger(PurchaseWorkflowImpl.class);

  private final PurchaseActivities settings =
      Workflow.newLocalActivityStub(PurchaseActivities.class, PurchaseOptions.terms());
  private final Approvals approvals = new Approvals();
  private final PurchaseInput input;
  private final Progress progress;
  private final Asker asker;
  private boolean cancelled;
  private boolean cancelledFromOutside;
  private Duration settleWithin = Duration.ZERO;
  private @Nullable Settlement settlement;
  private boolean remembersCancel;
  private @Nullable CancellationScope approval;

  /** State is there before {@link #buy} runs: a query or a cancel may come first. */
  @WorkflowInit
  public PurchaseWorkflowImpl(PurchaseInput input) {
    this.input = input;
    progress = new Progress(input);
    asker = new Asker(input.conversationId());
  }

  @Override
  public PurchaseState buy(PurchaseInput input) {
    Promise<String> cancel = CancellationScope.current().getCancellationRequest();
    cancel.thenApply(_ -> {
      cancelledFromOutside = true;
      return takeBack();
    });
    // detached: Temporal's own cancel takes the purchase back in time, and cuts no order off
    Workflow.newDetachedCancellationScope(this::run).run();
    return progress.state();
  }

  private void run() {
    Outcome outcome = outcome();
    progress.ended(outcome);
    log.info("Ended as {}: {}", outcome.status(), outcome.operatorSentence());
    asker.ended(input.purchase(), outcome);
    if (outcome instanceof Outcome.Unknown && settleWithin.isPositive()) {
      awaitSettlement();
    }
    Workflow.await(Workflow::isEveryHandlerFinished);
  }

  /** Stays open for an operator, who may end the wait by Temporal's own cancel too. */
  private void awaitSettlement() {
    boolean cancelledBefore = cancelledFromOutside && remembersCancel;
    Workflow.await(
        settleWithin, () -> settlement != null || (cancelledFromOutside && !cancelledBefore));
    if (settlement != null) {
      Outcome outcome =
          Boolean.TRUE.equals(settlement.ordered())
              ? new Outcome.SettledAsOrdered(settlement.told())
              : new Outcome.SettledAsNotOrdered(settlement.told());
      progress.ended(outcome);
      log.info("Settled as {}: {}", outcome.status(), outcome.operatorSentence());
      asker.settled(input.purchase(), outcome);
    }
  }

  @Override
  public void settle(@Nullable Settlement said) {
    if (progress.status() != PurchaseStatus.OUTCOME_UNKNOWN || settlement != null) {
      log.warn("There is nothing to settle: this purchase is {}", progress.status());
    } else if (said == null || said.ordered() == null) {
      log.warn("A settlement must say ordered: true or false; this one counts for nothing");
    } else {
      settlement = said;
    }
  }

  @Override
  public void validateCancel() {
    PurchaseStatus status = progress.status();
    boolean open = status != PurchaseStatus.ORDERING && !status.isEnd();
    if (!open && status != PurchaseStatus.CANCELLED) {
      throw new IllegalStateException(
          "This purchase is " + status + " and can't be cancelled any more.");
    }
  }

  @Override
  public PurchaseState cancel() {
    takeBack();
    Workflow.await(() -> progress.status().isEnd());
    return progress.state();
  }

  @Override
  public PurchaseState state() {
    return progress.state();
  }

  private boolean takeBack() {
    if (progress.status() == PurchaseStatus.ORDERING || progress.status().isEnd()) {
      return false;
    }
    cancelled = true;
    if (approval != null) {
      approval.cancel();
    }
    return true;
  }

  private Outcome outcome() {
    PurchaseTerms terms;
    try {
      terms = settings.terms(input);
    } catch (ActivityFailure e) {
      log.error("The terms of this purchase could not be read", e);
      return cancelled ? new Outcome.Cancelled() : new Outcome.Broken(Causes.of(e));
    }
    settleWithin = Objects.requireNonNullElse(terms.settleWithin(), Duration.ZERO);
    return outcome(terms);
  }

  private Outcome outcome(PurchaseTerms terms) {
    String rejection = terms.rejection();
    if (rejection != null) {
      return new Outcome.Unshowable(rejection);
    }
    progress.asks(terms.approval().bindingMessage());
    Ordering ordering = new Ordering(input.purchase(), terms);
    while (true) {
      Decision decision = cancelled ? null : decide(terms);
      if (cancelled || decision == null) { // a token that arrived just now is dropped
        return ordering.unlessOrdered(new Outcome.Cancelled());
      }
      if (!(decision instanceof Decision.Approved approved)) {
        return ordering.unlessOrdered(without(decision));
      }
      progress.approved();
      progress.orders();
      Ordering.Result result = ordering.place(approved);
      remembersCancel = ordering.remembersCancel();
      switch (result) {
        case Ordering.Result.Ended(var outcome) -> {
          return outcome;
        }
        case Ordering.Result.TokenEnded() -> {
          if (cancelledFromOutside && remembersCancel) {
            return ordering.unlessOrdered(new Outcome.Cancelled());
          }
          new Told().askingAgain(ordering.askingAgain());
        }
      }
    }
  }

  private static Outcome without(Decision decision) {
    return switch (decision) {
      case Decision.Approved _ -> throw new IllegalArgumentException("An approval is no end");
      case Decision.Denied() -> new Outcome.Denied();
      case Decision.Expired() -> new Outcome.Expired();
      case Decision.Unreachable(var reason) -> new Outcome.NoDevice(reason);
      case Decision.Rejected(var reason, _) -> new Outcome.Rejected(reason, why(decision));
      case Decision.Lost(var reason, _) -> new Outcome.ApprovalLost(reason, why(decision));
      case Decision.Failed(var reason, var since, _) ->
          new Outcome.Failed(reason, since, why(decision));
    };
  }

  private static ApprovalError why(Decision decision) {
    return Objects.requireNonNull(decision.error(), "Only an approval has none");
  }

  /** Asks and waits in a scope of its own, which {@link #cancel} ends; null: it did. */
  private @Nullable Decision decide(PurchaseTerms terms) {
    CompletablePromise<Decision> decision = Workflow.newPromise();
    approval =
        Workflow.newCancellationScope(
            () -> decision.complete(approvals.request(terms.approval(), new Told())));
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

  /** Keeps the status and whoever asked up to date while the approval goes on. */
  private final class Told implements ApprovalProgress {
    @Override
    public void awaiting(Instant expiresAt) {
      progress.awaitsApproval(expiresAt);
    }

    @Override
    public void askingAgain(String sentence) {
      progress.asksAgain();
      asker.notice(sentence);
    }
  }
}
