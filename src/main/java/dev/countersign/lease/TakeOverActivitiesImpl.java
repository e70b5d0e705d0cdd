package dev.countersign.lease;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Takes over by whatever knows work of a process. */
final class TakeOverActivitiesImpl implements TakeOverActivities {
  private static final Duration LATER = Duration.ofSeconds(3);

  private final ProcessLease own;
  private final List<TakeOver> takeOvers;

  TakeOverActivitiesImpl(ProcessLease own, List<TakeOver> takeOvers) {
    this.own = own;
    this.takeOvers = List.copyOf(takeOvers);
  }

  /**
   * Puts off what follows an outage: after one every lease has lapsed, and every holder that is
   * still there comes back within seconds.
   */
  @Override
  public int takeOver(String holder, Instant quietSince) {
    if (own.hasLapsedWithin(LeaseOptions.AFTER_OUTAGE)) {
      throw ApplicationFailure.newBuilder()
          .setType("SoonAfterOutage")
          .setMessage("This process saw an outage itself: the holder may come back")
          .setCategory(ApplicationErrorCategory.BENIGN)
          .setNextRetryDelay(LATER)
          .build();
    }
    ActivityExecutionContext context = Activity.getExecutionContext();
    return takeOvers.stream()
        .mapToInt(work -> work.takeOver(holder, quietSince, () -> context.heartbeat(null)))
        .sum();
  }
}
