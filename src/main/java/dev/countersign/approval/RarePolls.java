package dev.countersign.approval;

import java.time.Duration;
import java.time.Instant;

/**
 * What a workflow knows of the rare polls that cover a lost ping: nobody tells it when one was
 * answered. The first goes out a safety interval after they began, or later, the last just before
 * expiry, none less than a safety interval before the last.
 *
 * @param mayPollFrom before this the provider allows no poll
 */
record RarePolls(
    PendingApproval pending, Duration safetyInterval, Instant begunAt, Instant mayPollFrom) {

  /** Whether a poll now comes no sooner than the provider allows. */
  boolean allowOneAt(Instant now) {
    Duration interval = pending.interval();
    Duration apart = interval.compareTo(safetyInterval) > 0 ? interval : safetyInterval;
    boolean beforeFirst = now.isBefore(begunAt.plus(apart));
    boolean beforeLast = !now.isBefore(pending.expiresAt().minus(apart).plus(interval));
    return !now.isBefore(mayPollFrom) && (beforeFirst || beforeLast);
  }
}
