package dev.countersign.approval;

import dev.countersign.workflow.Backoff;
import dev.countersign.workflow.Timers;
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
final class ApprovalRequester {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MOST_WHEN_OVERLOADED = 3;
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(15);

  private final Pings pings;
  private final Turns turns = Turns.here();
  private boolean repeated;

  ApprovalRequester(Pings pings) {
    this.pings = pings;
  }

  /** Either the user is being asked, or there is nothing to wait for. */
  sealed interface Result {
    record Pending(PendingApproval pending) implements Result {}

    record Given(Decision decision) implements Result {}
  }

  Result ask(ApprovalRequest request, ApprovalProgress progress) {
    return new Question(request, progress).ask();
  }

  /** One question, until it is asked or can't be. */
  private final class Question {
    private final ApprovalRequest request;
    private final ApprovalProgress progress;
    private final Instant since = WorkflowTime.now();
    private final Backoff backoff =
        new Backoff(
            LONGEST_DELAY, since.plus(PATIENCE), "Pause before the provider is asked again");
    private int sent;
    private @Nullable Reserved reserved;
    private int turnsBefore;

    private Question(ApprovalRequest request, ApprovalProgress progress) {
      this.request = request;
      this.progress = progress;
    }

    private Result ask() {
      while (true) {
        turnsBefore = turns.come();
        AskOutcome outcome = askOnce(request, reserved);
        reserved = null; // used up, unless it is given anew
        Result result = result(outcome);
        if (result != null) {
          return result;
        }
      }
    }

    /** Null: to be asked again, after a pause that has been made. */
    private @Nullable Result result(AskOutcome outcome) {
      return switch (outcome) {
        case AskOutcome.Asked(var pending) -> new Result.Pending(pending);
        case AskOutcome.Unreachable(var reason) ->
            new Result.Given(new Decision.Unreachable(reason));
        case AskOutcome.Rejected(var reason, var code) ->
            new Result.Given(new Decision.Rejected(reason, code));
        case AskOutcome.Delayed(var delay, var place) -> {
          delay(delay, place);
          yield null;
        }
        case AskOutcome.InLine(var reason) -> {
          progress.inLine(reason);
          Instant stoodAt = WorkflowTime.now();
          turns.awaitNext(turnsBefore);
          backoff.putOff(Duration.between(stoodAt, WorkflowTime.now()));
          yield null;
        }
        case AskOutcome.NotAsked(var reason, var retryAfter) ->
            backoff.pause(retryAfter) ? null : givenUp(reason);
        case AskOutcome.Overloaded(var reason, var retryAfter) -> { // from an older worker
          sent++;
          yield sent < MOST_WHEN_OVERLOADED && backoff.pause(retryAfter) ? null : givenUp(reason);
        }
        case AskOutcome.Ambiguous(var reason, var retryAfter) -> {
          sent++;
          yield repeat(retryAfter) ? null : givenUp(reason);
        }
      };
    }

    private void delay(Duration delay, @Nullable Reserved place) {
      Instant delayedAt = WorkflowTime.now();
      backoff.putOff(delay);
      Timers.sleep(delay, "Pause until the provider takes another request");
      reserved =
          place == null ? null : place.after(Duration.between(delayedAt, WorkflowTime.now()));
    }

    /** Once only, and told before it rings: what is announced must follow. */
    private boolean repeat(@Nullable Duration retryAfter) {
      if (repeated || sent == MOST_WHEN_OVERLOADED || !backoff.allows(retryAfter)) {
        return false;
      }
      repeated = true;
      progress.askingAgain(
          "It is unclear whether your phone was asked, so it will be asked once more; only your"
              + " answer to the newest question counts.");
      return backoff.pause(retryAfter);
    }

    private Result givenUp(String reason) {
      return new Result.Given(
          new Decision.Failed(reason, since, ApprovalError.PROVIDER_UNAVAILABLE));
    }
  }

  private AskOutcome askOnce(ApprovalRequest request, @Nullable Reserved reserved) {
    try {
      pings.asking();
      ApprovalActivities activities =
          Workflow.newActivityStub(
              ApprovalActivities.class, ApprovalOptions.requestApproval(request.bindingMessage()));
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
