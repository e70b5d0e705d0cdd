package dev.countersign.workflow;

import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Supplier;

/** Timers of workflow code that say in Temporal's Web UI what they are for. */
public final class Timers {
  private Timers() {}

  /** A timer. */
  public static Promise<Void> start(Duration duration, String summary) {
    return Workflow.newTimer(
        duration, TimerOptions.newBuilder().setSummary(Summary.of(summary)).build());
  }

  /** As {@link Workflow#sleep(Duration)}. */
  public static void sleep(Duration duration, String summary) {
    start(duration, summary).get();
  }

  /**
   * As {@link Workflow#await(Duration, Supplier)}, which has no place for a summary: with the same
   * events, of which a timer that nobody needs any more is one.
   *
   * @return false: the time is over
   */
  public static boolean await(Duration longest, String summary, Supplier<Boolean> condition) {
    Promise<Void> timer = start(longest, summary);
    Workflow.await(() -> condition.get() || timer.isCompleted());
    return !timer.isCompleted();
  }
}
