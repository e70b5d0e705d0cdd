package dev.countersign.approval;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How this process polls.
 *
 * @param burst how long one activity attempt waits and polls before it gives its slot back; zero:
 *     one poll an attempt; null: until the decision
 * @param requestsPerSecond most polls a second of this process, its share of the provider's budget;
 *     when more approvals are pending than it allows, all intervals stretch evenly
 */
public record PollingSettings(@Nullable Duration burst, double requestsPerSecond) {

  /** The interval that keeps this many waits together within the budget. */
  Duration stretched(Duration interval, int waiting) {
    Duration fair = Duration.ofMillis((long) Math.ceil(waiting * 1000 / requestsPerSecond));
    return fair.compareTo(interval) > 0 ? fair : interval;
  }

  boolean outlasts(Duration waited) {
    return burst == null || waited.compareTo(burst) <= 0;
  }
}
