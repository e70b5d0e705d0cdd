package dev.countersign.workflow;

import java.time.Duration;

/** When a workflow's thread counts as one that hangs. */
public final class DeadlockDetection {
  /**
   * How long it may go on without a step that Temporal sees. The SDK's own limit of a second is
   * passed by a process that has just started, or has a small share of a processor, without any
   * fault of the code: the task would fail, and what it was to do come ten seconds later. A task
   * itself may take ten.
   */
  public static final Duration AFTER = Duration.ofSeconds(5);

  private DeadlockDetection() {}
}
