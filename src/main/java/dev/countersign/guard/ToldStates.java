package dev.countersign.guard;

import io.temporal.client.WorkflowExecutionDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What calls that go on have said when they were asked. It holds for as long as their histories
 * have not grown: nothing but events makes a workflow stand elsewhere. Thread-safe.
 */
final class ToldStates {
  private static final int MOST = 1_000;

  private final Map<Stand, CallState> states =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Stand, CallState> eldest) {
          return size() > MOST;
        }
      };

  private record Stand(String runId, long events) {
    static Stand of(WorkflowExecutionDescription now) {
      return new Stand(now.getExecution().getRunId(), now.getHistoryLength());
    }
  }

  /** What a call has said that stands so. */
  synchronized Optional<CallState> find(WorkflowExecutionDescription now) {
    return Optional.ofNullable(states.get(Stand.of(now)));
  }

  /**
   * Remembers what a call says.
   *
   * @param before how it stood before it was asked
   */
  synchronized void keep(WorkflowExecutionDescription before, CallState state) {
    states.put(Stand.of(before), state);
  }
}
