package dev.countersign.app.chat.model;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** Timeouts and retries of the model call: written here and nowhere else. */
final class ModelOptions {
  /**
   * A process that was killed is noticed within {@link #HEARTBEAT_TIMEOUT}, and a user who wants no
   * more within that.
   */
  static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(2);

  /** How often the words that have come meanwhile are shown. */
  static final Duration DRAFT_EVERY = Duration.ofMillis(400);

  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(20);

  /** The activity gives up by itself, as the settings say, long before. */
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(45);

  private ModelOptions() {}

  static ActivityOptions callModel(String summary) {
    return ActivityOptions.newBuilder()
        .setStartToCloseTimeout(GIVE_UP_AFTER)
        .setScheduleToCloseTimeout(GIVE_UP_AFTER)
        .setHeartbeatTimeout(HEARTBEAT_TIMEOUT)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED) // words so far
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(1))
                .setBackoffCoefficient(2)
                .setMaximumInterval(Duration.ofSeconds(10))
                .build())
        .setSummary(summary)
        .build();
  }
}
