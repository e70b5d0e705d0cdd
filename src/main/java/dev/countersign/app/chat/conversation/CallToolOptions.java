package dev.countersign.app.chat.conversation;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** Timeouts and retries of the tools that look at calls: written here and nowhere else. */
final class CallToolOptions {
  /** A list asks 20 to 40 calls, a cancel waits at most 20 s for one. */
  private static final Duration ONE_ATTEMPT = Duration.ofSeconds(30);

  /** With the model's calls around it, a turn still ends while its caller waits. */
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(45);

  private CallToolOptions() {}

  static ActivityOptions lookAndCancel(String summary) {
    return ActivityOptions.newBuilder()
        .setStartToCloseTimeout(ONE_ATTEMPT)
        .setScheduleToCloseTimeout(GIVE_UP_AFTER)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(1))
                .setBackoffCoefficient(2)
                .build())
        .setSummary(summary)
        .build();
  }
}
