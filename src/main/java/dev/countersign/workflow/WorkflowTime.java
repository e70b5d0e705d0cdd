package dev.countersign.workflow;

import io.temporal.workflow.Workflow;
import java.time.Instant;

/** The time as workflow code may know it: the same in every replay. */
public final class WorkflowTime {
  private WorkflowTime() {}

  /** When the present workflow task began. */
  public static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
