package dev.countersign.purchase;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** Timeouts and retries of the purchase's activities: written here and nowhere else. */
final class PurchaseOptions {
  private PurchaseOptions() {}

  static LocalActivityOptions terms() {
    return LocalActivityOptions.newBuilder()
        .setStartToCloseTimeout(Duration.ofSeconds(5)) // reads settings, waits for nothing
        .build();
  }

  static ActivityOptions placeOrder(String summary) {
    return ActivityOptions.newBuilder()
        // more than the longest call timeout of the shop; a worker that died is noticed after this
        .setStartToCloseTimeout(Duration.ofSeconds(35))
        // a killed attempt may have ordered: Ordering counts, no policy repeats
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .setSummary(summary)
        .build();
  }
}
