package dev.countersign.app.chat.conversation;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** Timeouts and retries of the deletion of histories: written here and nowhere else. */
final class DeletionOptions {
  /** A few short calls for each run of a conversation, of which there are rarely two. */
  private static final Duration ONE_ATTEMPT = Duration.ofMinutes(1);

  /** Whoever may not delete will not learn it by then; the namespace's retention does it later. */
  private static final Duration GIVE_UP_AFTER = Duration.ofDays(1);

  private DeletionOptions() {}

  static ActivityOptions deleteRuns() {
    return ActivityOptions.newBuilder()
        .setStartToCloseTimeout(ONE_ATTEMPT)
        .setScheduleToCloseTimeout(GIVE_UP_AFTER)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(1))
                .setBackoffCoefficient(2)
                .setMaximumInterval(Duration.ofMinutes(5))
                .build())
        .setSummary("Remove what was said")
        .build();
  }
}
