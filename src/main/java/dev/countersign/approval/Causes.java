package dev.countersign.approval;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;

/** Says in words why an activity failed, without its stack. */
public final class Causes {
  private Causes() {}

  /** The words of what was thrown, or of how often and how long it was tried. */
  public static String of(ActivityFailure failure) {
    return switch (failure.getCause()) {
      case ApplicationFailure cause -> String.valueOf(cause.getOriginalMessage());
      case null -> String.valueOf(failure.getRetryState());
      case Throwable cause -> cause.getClass().getSimpleName();
    };
  }
}
