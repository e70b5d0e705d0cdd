package dev.countersign.approval;

import io.temporal.activity.ActivityInfo;
import java.time.Duration;

/**
 * How often Temporal must hear of an attempt: each beat is a write of its server, so there are no
 * more than its heartbeat timeout needs, and none for one that ends before.
 *
 * @param timeout after which Temporal gives up an attempt that it hasn't heard of
 * @param left until Temporal ends it anyway, from its start
 */
record Beats(Duration timeout, Duration left) {

  static Beats of(ActivityInfo info) {
    Duration waited =
        Duration.ofMillis(
            info.getCurrentAttemptScheduledTimestamp() - info.getScheduledTimestamp());
    return new Beats(info.getHeartbeatTimeout(), info.getScheduleToCloseTimeout().minus(waited));
  }

  /**
   * An attempt that Temporal has not confirmed for as long doesn't poll: it may be another's soon.
   */
  Duration confirmedFor() {
    return timeout.multipliedBy(9).dividedBy(10);
  }

  /**
   * Whether there should be one by now.
   *
   * @param unconfirmedFor how long ago Temporal last heard of the attempt
   * @param age how long ago the attempt began
   */
  boolean isDue(Duration unconfirmedFor, Duration age) {
    return unconfirmedFor.multipliedBy(2).compareTo(timeout) >= 0
        && age.minus(unconfirmedFor).plus(timeout).compareTo(left) < 0; // else it ends before
  }
}
