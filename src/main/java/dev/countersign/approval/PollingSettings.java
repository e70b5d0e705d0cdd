package dev.countersign.approval;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How this process polls.
 *
 * @param burst how long one activity attempt waits and polls before it gives its slot back; zero:
 *     one poll an attempt; null: until the decision
 * @param requestsPerSecond most requests for approval and polls a second of this process, its share
 *     of the provider's budget; polls that are due beyond it wait for their turn
 */
public record PollingSettings(@Nullable Duration burst, double requestsPerSecond) {

  boolean outlasts(Duration waited) {
    return burst == null || waited.compareTo(burst) <= 0;
  }
}
