package dev.countersign.approval;

import dev.countersign.workflow.Backoff;
import dev.countersign.workflow.WorkflowTime;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gets the user asked, in workflow code. The request isn't idempotent: what certainly didn't ring
 * is repeated for two minutes, what may have rung is repeated once.
 */
final class Asking {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MOST_WHEN_OVERLOADED = 3;
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(15);

  private final ApprovalActivities activities =
      Workflow.newActivityStub(ApprovalActivities.class, ApprovalOptions.requestApproval());

  private final Pings pings;
  private boolean repeated;

  Asking(Pings pings) {
    this.pings = pings;
  }

  /** Either the user is being asked, or there is nothing to wait for. */
  sealed interface Result {
    record Pending(PendingApproval pending) implements Result {}

    record Given(Decision decision) implements Result {}
  }

  Result ask(ApprovalRequest request, ApprovalProgress progress) {
    Instant since = WorkflowTime.now();
    Backoff backoff = new Backoff(LONGEST_DELAY, since.plus(PATIENCE));
    int sent = 0;
    @Nullable Reserved reserved = null;
    while (true) {
      AskOutcome outcome = askOnce(request, reserved);
      reserved = null; // used up, unless it is given anew
      switch (outcome) {
        case AskOutcome.Asked(var pending) -> {
          return new Result.Pending(pending);
        }
        case AskOutcome.Delayed(var delay, var place) -> {
          Instant delayedAt = WorkflowTime.now();
          backoff.putOff(delay);
          Workflow.sleep(delay);
          reserved =
              place == null ? null : place.after(Duration.between(delayedAt, WorkflowTime.now()));
        }
        case AskOutcome.Unreachable(var reason) -> {
          return new Result.Given(new Decision.Unreachable(reason));
        }
        case AskOutcome.Rejected(var reason, var code) -> {
          return new Result.Given(new Decision.Rejected(reason, code));
        }
        case AskOutcome.NotAsked(var reason, var retryAfter) -> {
          if (!backoff.pause(retryAfter)) {
            return new Result.Given(
                new Decision.Failed(reason, since, Interrupt.PROVIDER_UNAVAILABLE));
          }
        }
        case AskOutcome.Overloaded(var reason, var retryAfter) -> { // from an older worker
          sent++;
          if (sent == MOST_WHEN_OVERLOADED || !backoff.pause(retryAfter)) {
            return new Result.Given(
                new Decision.Failed(reason, since, Interrupt.PROVIDER_UNAVAILABLE));
          }
        }
        case AskOutcome.Ambiguous(var reason, var retryAfter) -> {
          sent++;
          // what is announced must follow
          if (repeated || sent == MOST_WHEN_OVERLOADED || !backoff.allows(retryAfter)) {
            return new Result.Given(
                new Decision.Failed(reason, since, Interrupt.PROVIDER_UNAVAILABLE));
          }
          repeated = true;
          progress.askingAgain(
              "It is unclear whether your phone was asked, so it will be asked once more; only your"
                  + " answer to the newest question counts.");
          if (!backoff.pause(retryAfter)) {
            return new Result.Given(
                new Decision.Failed(reason, since, Interrupt.PROVIDER_UNAVAILABLE));
          }
        }
      }
    }
  }

  private AskOutcome askOnce(ApprovalRequest request, @Nullable Reserved reserved) {
    try {
      pings.asking();
      AskOutcome outcome = activities.requestApproval(request, reserved);
      if (outcome instanceof AskOutcome.Asked(var pending) && pending.notification() != null) {
        pings.expect(pending.notification());
      }
      return outcome;
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure) {
        throw e;
      }
      return new AskOutcome.Ambiguous(
          "The request for approval was cut off, so that it is unknown whether the user was asked ("
              + Causes.of(e)
              + ")",
          null);
    } finally {
      pings.asked();
    }
  }
}
