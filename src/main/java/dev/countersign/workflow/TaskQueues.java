package dev.countersign.workflow;

import io.temporal.workflow.Workflow;
import java.util.regex.Pattern;

/**
 * The task queues of one application, by which several share a namespace: what is on the queues of
 * one prefix is worked on, waited for and taken over by processes of that prefix only.
 *
 * @param prefix 1 to 100 visible characters or spaces, no quotation marks or backslashes; doesn't
 *     end as another application's queue could: in {@code -approvals} or {@code -leases}
 */
public record TaskQueues(String prefix) {
  private static final String WAITS = "-approvals";
  private static final String LEASES = "-leases";

  /** Also what may stand between quotation marks in a visibility query. */
  private static final Pattern PREFIX =
      Pattern.compile("(?!/_sys/)(?!.*(" + WAITS + "|" + LEASES + ")$)[^\\p{C}'\"`\\\\]{1,100}");

  public TaskQueues {
    if (prefix.isBlank() || !PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "must be 1 to 100 visible characters without quotation marks and backslashes, and end in"
              + " neither -approvals nor -leases, but is \""
              + prefix
              + "\"");
    }
  }

  /** Of the workflows and of their activities but one: the prefix itself. */
  public String workflows() {
    return prefix;
  }

  /** Of the waits for decisions: their own, so that waiting starves nothing else. */
  public String waits() {
    return prefix + WAITS;
  }

  /** In workflow code: of the waits of the present workflow. */
  public static String waitsOfWorkflow() {
    return Workflow.getInfo().getTaskQueue() + WAITS;
  }

  /** Of the leases' workflows and take-overs, which every process polls. */
  public String leases() {
    return prefix + LEASES;
  }

  /**
   * Of the lease of one process, which only that one polls.
   *
   * @param holder identity of the process at Temporal
   */
  public String lease(String holder) {
    return prefix + "-lease-" + holder;
  }
}
