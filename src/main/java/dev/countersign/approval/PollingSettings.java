package dev.countersign.approval;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How this process asks and polls.
 *
 * @param burst how long one activity attempt waits and polls before it gives its slot back; zero:
 *     one poll an attempt; null: until the decision, but one poll an attempt for a request that
 *     lives longer than ten minutes
 * @param requestsPerSecond most requests for approval and polls a second of all processes together,
 *     the provider's budget; polls that are due beyond it wait for their turn
 * @param startsPerMinute most requests for approval a minute, of all processes together; null: no
 *     limit
 * @param startsPerUserAndMinute the same for one user; null: no limit
 * @param safetyInterval in ping mode, the least between polls without a ping; null: poll mode
 */
public record PollingSettings(
    @Nullable Duration burst,
    double requestsPerSecond,
    @Nullable Integer startsPerMinute,
    @Nullable Integer startsPerUserAndMinute,
    @Nullable Duration safetyInterval) {}
