package dev.countersign.approval;

import java.time.Duration;

/**
 * Whether the user is asked again when a request has expired without a decision.
 *
 * @param times how often at most, 1 or more
 * @param within no request is made later than this after the first
 */
public record ReAsk(int times, Duration within) {}
