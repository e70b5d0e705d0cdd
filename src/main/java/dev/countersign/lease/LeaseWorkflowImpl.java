package dev.countersign.lease;

import dev.countersign.workflow.Timers;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;

/** The lease of one process, term by term. */
public class LeaseWorkflowImpl implements LeaseWorkflow {
  private static final Logger log = Workflow.getLogger(LeaseWorkflowImpl.class);

  /** The last that the holder may have begun: it counts a lease as shorter than the server. */
  private static final Duration QUIET_BEFORE_LAPSE =
      LeaseOptions.LAPSE.minus(LeaseOptions.HELD).minusMillis(500);

  private Instant wantedAt = Instant.EPOCH;

  @Override
  public void keep(LeaseInput input) {
    do {
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.continueAsNew(input);
      }
      awaitEndOfTerm(input);
    } while (isWantedBeforeTakenOver(input.holder()));
  }

  @Override
  public void want() {
    wantedAt = now();
  }

  private void awaitEndOfTerm(LeaseInput input) {
    try {
      Workflow.newActivityStub(
              LeaseActivities.class, LeaseOptions.hold(input.taskQueue(), input.holder()))
          .hold();
      log.info("{} has given its lease back", input.holder());
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure) {
        throw e;
      }
      log.info("The lease of {} has lapsed", input.holder());
    }
  }

  /** Looks for the holder's work several times; a holder who comes back ends that. */
  private boolean isWantedBeforeTakenOver(String holder) {
    Instant ended = now();
    for (Duration pause : LeaseOptions.SEARCHES) {
      if (isWanted(ended)
          || (pause.isPositive()
              && Timers.await(pause, "Pause before the next search", () -> isWanted(ended)))) {
        return true;
      }
      takeOver(holder, ended);
    }
    return isWanted(ended);
  }

  /** A holder may know before the server that its term is over; an older wish was for that term. */
  private boolean isWanted(Instant ended) {
    return !wantedAt.isBefore(ended.minus(LeaseOptions.LAPSE));
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  /** Returns when nobody takes over any more. */
  private void takeOver(String holder, Instant ended) {
    Instant quietSince = ended.minus(QUIET_BEFORE_LAPSE);
    CompletablePromise<Integer> freed = Workflow.newPromise();
    TakeOverActivities others =
        Workflow.newActivityStub(TakeOverActivities.class, LeaseOptions.takeOver(holder));
    CancellationScope scope =
        Workflow.newCancellationScope(
            () -> freed.completeFrom(Async.function(others::takeOver, holder, quietSince)));
    scope.run();
    Promise<Integer> end = freed.handle((number, failure) -> failure == null ? number : 0);
    Workflow.await(() -> isWanted(ended) || end.isCompleted());
    if (!end.isCompleted()) {
      scope.cancel("The holder is back");
    }
    int number = end.get();
    if (number > 0) {
      log.info("{} waits of {} were taken over", number, holder);
    }
  }
}
