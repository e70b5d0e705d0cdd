package dev.countersign.app.purchase;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** Timeouts and retries of the purchase's activities: written here and nowhere else. */
final class PurchaseOptions {
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private PurchaseOptions() {}

  static LocalActivityOptions terms() {
    return LocalActivityOptions.newBuilder()
        .setStartToCloseTimeout(Duration.ofSeconds(5)) // reads settings, waits for nothing
        // what fails time and again is a fault that no waiting mends: the user is told so, and a
        // cancel, which waits for 20 s, has its answer before
        .setScheduleToCloseTimeout(Duration.ofSeconds(10))
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofMillis(100))
                .setMaximumAttempts(5)
                .build())
        .build();
  }

  static ActivityOptions placeOrder(Duration callTimeout, String summary) {
    return ActivityOptions.newBuilder()
        // the call itself ends before; a worker that died with an order under way is noticed then
        .setStartToCloseTimeout(callTimeout.plus(MARGIN))
        // a killed attempt may have ordered: Ordering counts, no policy repeats
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .setSummary(summary)
        .build();
  }
}
