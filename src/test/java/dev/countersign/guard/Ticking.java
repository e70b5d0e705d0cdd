package dev.countersign.guard;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/**
 * Holds virtual time back: where nothing else is under way, a server that skips time goes on to the
 * next timer, which is no more than a tick away.
 */
@WorkflowInterface
public interface Ticking {
  /** Ticks for twenty minutes. */
  @WorkflowMethod(name = "Ticking")
  void tick();

  /** Each 20 seconds. */
  final class Impl implements Ticking {
    private static final int TICKS = 60;

    @Override
    public void tick() {
      for (int i = 0; i < TICKS; i++) {
        Workflow.sleep(Duration.ofSeconds(20));
      }
    }
  }
}
