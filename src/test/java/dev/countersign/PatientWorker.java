package dev.countersign;

import io.temporal.worker.WorkerOptions;

/** Workers of tests, which run on busy machines. */
public final class PatientWorker {
  /**
   * A workflow's thread may take ten seconds before it counts as one that hangs: the SDK's usual
   * one is too short for the first steps of a JVM.
   */
  public static final WorkerOptions OPTIONS =
      WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(10_000).build();

  private PatientWorker() {}
}
