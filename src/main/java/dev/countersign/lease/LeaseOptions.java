package dev.countersign.lease;

import dev.countersign.workflow.Summary;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;
import java.util.List;

/** Times of a lease, and how they fit together: written here and nowhere else. */
final class LeaseOptions {
  /** Between two beats of the holder; each is a write of Temporal's history service. */
  static final Duration BEAT = Duration.ofSeconds(1);

  /**
   * How long a confirmed beat counts, from when it was sent. The server waits {@link #LAPSE} from
   * when it arrived: what the holder began under its lease has that much longer to get its answer.
   */
  static final Duration HELD = Duration.ofMillis(2_500);

  /** Without a confirmed beat for as long, the holder wants a new term by a new connection. */
  static final Duration GIVEN_UP = Duration.ofMillis(3_500);

  /** Without a beat for as long, the server lets the lease lapse. */
  static final Duration LAPSE = Duration.ofSeconds(4);

  /** A new holder who isn't there any more is noticed after this. */
  private static final Duration TAKEN_UP = Duration.ofSeconds(10);

  /** Nobody holds a lease for longer: a process of that age takes a new one. */
  private static final Duration LIFE = Duration.ofDays(365);

  /** After an outage that a process saw itself it takes nothing over for as long. */
  static final Duration AFTER_OUTAGE = Duration.ofSeconds(30);

  /**
   * When the work of a process is looked for once more, each after the one before: Temporal's lists
   * are late, and a task that the server gives to the last call of a dead process is its work too.
   * Where a host went without a word, the server keeps such calls for a minute.
   */
  static final List<Duration> SEARCHES =
      List.of(
          Duration.ZERO,
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(20),
          Duration.ofSeconds(25));

  private LeaseOptions() {}

  static ActivityOptions hold(String taskQueue, String holder) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(taskQueue)
        .setScheduleToStartTimeout(TAKEN_UP)
        .setStartToCloseTimeout(LIFE)
        .setHeartbeatTimeout(LAPSE)
        // a lapse is the workflow's to decide on
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .setSummary(Summary.of("Lease of " + holder))
        .build();
  }

  static ActivityOptions takeOver(String holder) {
    return ActivityOptions.newBuilder()
        .setStartToCloseTimeout(Duration.ofMinutes(10))
        .setHeartbeatTimeout(Duration.ofSeconds(10)) // one who takes over may be killed too
        // no new term begins beside it
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(1))
                .setMaximumInterval(Duration.ofSeconds(10))
                .build())
        .setSummary(Summary.of("Take over what waits at " + holder))
        .build();
  }
}
