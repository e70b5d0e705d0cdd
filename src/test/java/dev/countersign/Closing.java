package dev.countersign;

import io.temporal.testing.TestWorkflowEnvironment;

/** Closes what nobody needs any more. */
public final class Closing {
  private Closing() {}

  /** Returns at once: the workers end half a second later, while the next test runs. */
  public static void later(TestWorkflowEnvironment environment) {
    Thread.ofVirtual().name("closing").start(environment::close);
  }
}
