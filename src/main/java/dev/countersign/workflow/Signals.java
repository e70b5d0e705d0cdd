package dev.countersign.workflow;

import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import org.slf4j.Logger;

/** Signals of workflow code to other workflows. */
public final class Signals {
  private static final Logger log = Workflow.getLogger(Signals.class);

  private Signals() {}

  /**
   * Sends one, and waits until the server has taken it.
   *
   * @param signal calls a stub of the other workflow
   * @return false: that workflow has ended, or never was
   * @throws CanceledFailure if the present workflow, or scope, is cancelled meanwhile
   */
  public static boolean send(Runnable signal) {
    try {
      signal.run();
      return true;
    } catch (CanceledFailure e) {
      throw e;
    } catch (SignalExternalWorkflowException | TemporalFailure e) {
      log.info("A workflow could not be signalled: {}", e.getMessage());
      return false;
    }
  }
}
