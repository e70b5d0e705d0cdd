package dev.countersign.approval;

import dev.countersign.workflow.Timers;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLocal;
import java.time.Duration;

/** The turns of one workflow among the questions of its user, in workflow code. */
final class Turns implements TurnListener {
  /** Should the signal be lost: whoever waits in line asks again by itself. */
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMinutes(5);

  /** A workflow may ask for several approvals, but hears a signal in one place only. */
  private static final WorkflowLocal<Turns> OF_WORKFLOW =
      WorkflowLocal.withCachedInitial(Turns::listening);

  private int come;

  private Turns() {}

  /** Those of the present workflow. */
  static Turns here() {
    return OF_WORKFLOW.get();
  }

  private static Turns listening() {
    Turns turns = new Turns();
    Workflow.registerListener(turns);
    return turns;
  }

  @Override
  public void turnHasCome() {
    come++;
  }

  /** How many have come, to be taken before asking whether it is this one's. */
  int come() {
    return come;
  }

  /** Waits until another has come, or for five minutes. */
  void awaitNext(int before) {
    Timers.await(LOOK_AGAIN_AFTER, "Until those before it are answered", () -> come != before);
  }
}
