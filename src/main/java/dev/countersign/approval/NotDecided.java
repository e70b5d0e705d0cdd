package dev.countersign.approval;

import com.google.protobuf.util.Durations;
import dev.countersign.workflow.ExpectedFailure;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * The failures by which a waiting attempt ends without a decision. Their types live in workflow
 * histories.
 */
final class NotDecided {
  private static final String SLOWED_DOWN = "SlowedDown";
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  /** As {@link ExpectedFailure} has it. */
  private static final Failure LEFT_BEHIND =
      Failure.newBuilder()
          .setMessage("The process that waited for the decision is gone")
          .setApplicationFailureInfo(
              ApplicationFailureInfo.newBuilder()
                  .setType("LeftBehind")
                  .setCategory(
                      io.temporal.api.enums.v1.ApplicationErrorCategory
                          .APPLICATION_ERROR_CATEGORY_BENIGN)
                  .setNextRetryDelay(Durations.fromMillis(AT_ONCE.toMillis())))
          .build();

  private NotDecided() {}

  /** Another attempt goes on after the delay. */
  static ApplicationFailure yet(Duration delay) {
    return ExpectedFailure.of(
        ApplicationFailure.newBuilder()
            .setType("NotDecidedYet")
            .setMessage("The user has not decided yet")
            .setNextRetryDelay(delay.compareTo(AT_ONCE) > 0 ? delay : AT_ONCE));
  }

  /** Another process goes on at once: the one that waited is gone. As Temporal stores it. */
  static Failure leftBehind() {
    return LEFT_BEHIND;
  }

  /**
   * The workflow goes on, with a new interval: what it is to cancel when a ping comes keeps no
   * memory.
   */
  static ApplicationFailure slowedDown(Duration interval) {
    return ExpectedFailure.of(
        ApplicationFailure.newBuilder()
            .setType(SLOWED_DOWN)
            .setMessage("The user has not decided yet, and polls must be rarer")
            .setNonRetryable(true)
            .setDetails(interval));
  }

  /** The new interval, if that is what the wait failed with. */
  static Optional<Duration> slowedDown(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure cause
            && SLOWED_DOWN.equals(cause.getType())
        ? Optional.of(cause.getDetails().get(Duration.class))
        : Optional.empty();
  }
}
