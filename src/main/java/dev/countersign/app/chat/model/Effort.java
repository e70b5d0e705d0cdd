package dev.countersign.app.chat.model;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What was done for an answer so far.
 *
 * @param attempt 1 for the first
 * @param time since the answer was wanted first: by the server's clock up to this attempt, by this
 *     process's within it
 */
record Effort(int attempt, Duration time) {

  /** That of an activity, from now on. */
  static Supplier<Effort> of(ActivityExecutionContext context) {
    ActivityInfo info = context.getInfo();
    long before = info.getCurrentAttemptScheduledTimestamp() - info.getScheduledTimestamp();
    long begun = System.nanoTime();
    return () ->
        new Effort(
            info.getAttempt(),
            Duration.ofMillis(Math.max(0, before)).plusNanos(System.nanoTime() - begun));
  }
}
