package dev.countersign.guard;

import dev.countersign.workflow.Signals;
import dev.countersign.workflow.Timers;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;

/**
 * The calls that a {@link CallingWorkflow} has started as children of its own, in its code. How
 * they end is heard here as long as the run goes on that started them; before it is continued as
 * new, {@link #handOver} must be called.
 */
public final class ChildCalls {
  private static final Logger log = Workflow.getLogger(ChildCalls.class);

  /** Between the end of a child and its parent's hearing of it lies a moment. */
  private static final Duration END_HEARD_WITHIN = Duration.ofMinutes(1);

  private final Listener listener;
  private final Set<String> open = new LinkedHashSet<>();

  /** Tells a listener, between two steps of the workflow. */
  public ChildCalls(Listener listener) {
    this.listener = listener;
  }

  /** Is told how calls end; it may be told twice, here and by {@link CallingWorkflow#callEnded}. */
  public interface Listener {
    /** A call has ended. */
    void ended(CallEnded ended);

    /** A call was ended from outside, by Temporal's terminate or a time limit. */
    void stopped(FrozenCall call);
  }

  /**
   * Starts a call; returns once it is started.
   *
   * @param call frozen for this workflow by {@link GuardedCalls#freeze}
   * @return the call's id
   * @throws ChildWorkflowFailure if it isn't started, such as when there is one of its id
   */
  public String start(FrozenCall call) {
    GuardedCallWorkflow child =
        Workflow.newChildWorkflowStub(GuardedCallWorkflow.class, CallStart.byWorkflow(call));
    Promise<CallState> end = Async.function(child::call, call);
    String id = Workflow.getWorkflowExecution(child).get().getWorkflowId();
    boolean returnsEnd = Boolean.TRUE.equals(Freezer.read(call).endReturned());
    if (returnsEnd) {
      open.add(id);
    }
    end.handle((state, failure) -> {
      open.remove(id);
      if (failure != null) {
        log.warn("{} was stopped from outside", id, failure);
        listener.stopped(call);
      } else if (returnsEnd) {
        listener.ended(CallEnded.of(state));
      }
      return null;
    });
    return id;
  }

  /**
   * Before the workflow is continued as new: Temporal doesn't tell the next run how the children of
   * this one end, so that they signal it themselves from now on. Whatever ends meanwhile is heard
   * before this returns.
   */
  public void handOver() {
    for (String id : List.copyOf(open)) {
      var call = Workflow.newExternalWorkflowStub(GuardedCallWorkflow.class, id);
      boolean goesOn = Signals.send(call::reportEnd);
      if (!goesOn
          && !Timers.await(
              END_HEARD_WITHIN, "Until the end of " + id + " is heard", () -> !open.contains(id))) {
        log.warn("{} has ended, but not said how", id);
      }
      open.remove(id);
    }
  }

  /** Whether there are calls that were not handed over. */
  public boolean isAnyOpen() {
    return !open.isEmpty();
  }
}
