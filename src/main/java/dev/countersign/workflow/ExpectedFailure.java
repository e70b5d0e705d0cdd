package dev.countersign.workflow;

import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;

/** Failures by which attempts of activities end though nothing is wrong, again and again. */
public final class ExpectedFailure {
  private ExpectedFailure() {}

  /**
   * Makes one, without a stack trace: it would be the same a thousand times, and Temporal writes it
   * down with each attempt.
   */
  public static ApplicationFailure of(ApplicationFailure.Builder failure) {
    ApplicationFailure expected = failure.setCategory(ApplicationErrorCategory.BENIGN).build();
    expected.setStackTrace(new StackTraceElement[0]);
    return expected;
  }
}
