package dev.countersign.guard;

import dev.countersign.workflow.WorkflowTime;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;

/**
 * Tells listeners what becomes of a call, in workflow code: one piece of news after the other, and
 * beside the call, which never waits for it but at its very end.
 */
final class CallTeller {
  private static final Logger log = Workflow.getLogger(CallTeller.class);
  private static final Duration PATIENCE = Duration.ofDays(1);

  /** How long one attempt may take; the least for news that had to wait for others to be told. */
  private static final Duration ATTEMPT = Duration.ofMinutes(1);

  private static final RetryOptions RETRIES =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofSeconds(1))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofMinutes(5))
          .build();

  private final Snapshot snapshot;
  private final boolean listened;
  private final Queue<Untold> untold = new ArrayDeque<>();
  private boolean asked;

  private record Untold(CallNews news, Instant until) {}

  CallTeller(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.listened = snapshot.run().isListened();
  }

  /** From now on, in the scope of the caller. */
  void start() {
    if (listened) {
      Async.procedure(this::tellAll);
    }
  }

  void asked(CallState call) {
    tell(
        asked
            ? new CallNews.AskedAgain(snapshot.userID(), call)
            : new CallNews.Asked(snapshot.userID(), call));
    asked = true;
  }

  void decided(CallState call, boolean approved) {
    tell(new CallNews.Decided(snapshot.userID(), call, approved));
  }

  void ended(CallState call) {
    tell(new CallNews.Ended(snapshot.userID(), call));
  }

  void settled(CallState call) {
    tell(new CallNews.Settled(snapshot.userID(), call));
  }

  /** Whether there is nothing to be told. */
  boolean isDone() {
    return untold.isEmpty();
  }

  private void tell(CallNews news) {
    if (listened) {
      untold.add(new Untold(news, WorkflowTime.now().plus(PATIENCE)));
    }
  }

  private void tellAll() {
    while (true) {
      Workflow.await(() -> !untold.isEmpty());
      attempt(untold.element());
      untold.remove();
    }
  }

  private void attempt(Untold next) {
    try {
      activities(next).tell(next.news());
    } catch (ActivityFailure e) {
      log.warn("Listeners were not told {}", next.news().getClass().getSimpleName(), e);
    }
  }

  private ListenerActivities activities(Untold next) {
    Duration left = Duration.between(WorkflowTime.now(), next.until());
    return Workflow.newActivityStub(
        ListenerActivities.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(ATTEMPT)
            .setScheduleToCloseTimeout(left.compareTo(ATTEMPT) < 0 ? ATTEMPT : left)
            .setRetryOptions(RETRIES)
            .setSummary(summary(next.news()))
            .build());
  }

  private static String summary(CallNews news) {
    return switch (news) {
      case CallNews.Asked _ -> "The user was asked";
      case CallNews.AskedAgain _ -> "The user was asked again";
      case CallNews.Decided(_, _, boolean approved) ->
          approved ? "The user has approved" : "The user has denied";
      case CallNews.Ended ended -> "Ended as " + ended.call().status();
      case CallNews.Settled settled -> "Settled as " + settled.call().status();
    };
  }
}
