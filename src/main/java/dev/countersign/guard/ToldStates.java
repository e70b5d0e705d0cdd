package dev.countersign.guard;

import io.temporal.client.WorkflowExecutionDescription;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What calls that go on have said when they were asked. It holds for as long as their histories
 * have not grown, since nothing but events makes a workflow stand elsewhere; and some minutes at
 * most, for the next version of its code may say it in other words. Thread-safe.
 */
final class ToldStates {
  private static final int MOST = 500;
  private static final int LONGEST_ARGUMENTS = 8_000; // characters
  private static final long HELD_NANOS = Duration.ofMinutes(5).toNanos();

  private final LongSupplier nanoTime;
  private final Map<String, Told> ofRuns =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
          return size() > MOST;
        }
      };

  private record Told(long events, long atNanos, CallState state) {}

  /**
   * Knows nothing yet.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  ToldStates(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** What a call has said that stands so. */
  synchronized Optional<CallState> find(WorkflowExecutionDescription now) {
    return Optional.ofNullable(ofRuns.get(now.getExecution().getRunId()))
        .filter(told -> told.events() == now.getHistoryLength())
        .filter(told -> nanoTime.getAsLong() - told.atNanos() < HELD_NANOS)
        .map(Told::state);
  }

  /**
   * Remembers what a call says, unless that is long.
   *
   * @param before how it stood before it was asked
   */
  synchronized void keep(WorkflowExecutionDescription before, CallState state) {
    if (state.arguments().length() <= LONGEST_ARGUMENTS) {
      ofRuns.put(
          before.getExecution().getRunId(),
          new Told(before.getHistoryLength(), nanoTime.getAsLong(), state));
    }
  }
}
