package dev.countersign.approval;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts how often a user was asked again after an expiry, in workflow code. */
final class ReAsking {
  private final @Nullable ReAsk policy;
  private final Instant firstAsked = WorkflowTime.now();
  private int times;

  /** A policy that is null allows none. */
  ReAsking(@Nullable ReAsk policy) {
    this.policy = policy;
  }

  /** Whether the user may be asked once more now; counts it. */
  boolean mayAsk() {
    return policy != null
        && times++ < policy.times()
        && !WorkflowTime.now().isAfter(firstAsked.plus(policy.within()));
  }
}
