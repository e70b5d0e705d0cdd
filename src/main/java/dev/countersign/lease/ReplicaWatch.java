package dev.countersign.lease;

import dev.countersign.lease.Stopwatch.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the processes of this application by their leases: one that is gone is counted until its
 * lease has lapsed. Thread-safe.
 */
final class ReplicaWatch {
  private static final Logger log = LoggerFactory.getLogger(ReplicaWatch.class);

  /** Each asks Temporal's visibility, which has few answers a second for all. */
  static final Duration BETWEEN_LOOKS = Duration.ofSeconds(4);

  /** When all others have looked since this process took its lease; the list is a moment late. */
  static final Duration COUNTED_WITHIN = Duration.ofSeconds(6);

  /** Whoever took a lease at the same time is listed by then. */
  static final Duration LISTED_WITHIN = Duration.ofSeconds(1);

  private final LeaseServer server;
  private final Stopwatch stopwatch;
  private @Nullable Moment heldSince;
  private @Nullable Moment lookedAt;
  private boolean looking;
  private int others;
  private boolean counted;

  ReplicaWatch(LeaseServer server, Stopwatch stopwatch) {
    this.server = server;
    this.stopwatch = stopwatch;
  }

  synchronized Replicas replicas() {
    return new Replicas(others + 1, counted);
  }

  /**
   * Looks, if it is time; never blocks.
   *
   * @param held whether this process has its lease: the others may not count it without
   */
  synchronized void tick(boolean held) {
    if (!held) {
      heldSince = null;
      counted = false;
      return;
    }
    if (heldSince == null) {
      heldSince = stopwatch.now();
    }
    if (!counted && stopwatch.since(heldSince).compareTo(COUNTED_WITHIN) >= 0) {
      counted = true;
    }
    boolean isTime =
        !counted || lookedAt == null || stopwatch.since(lookedAt).compareTo(BETWEEN_LOOKS) >= 0;
    if (isTime && !looking) {
      look();
    }
  }

  private void look() {
    Moment now = stopwatch.now();
    lookedAt = now;
    looking = true;
    var _ = server.others().whenComplete((found, failure) -> answered(now, found, failure));
  }

  private synchronized void answered(
      Moment asked, @Nullable Integer found, @Nullable Throwable failure) {
    looking = false;
    if (found == null) {
      log.debug("The processes of this application could not be counted", failure);
      return;
    }
    if (found != others) {
      log.info("This process shares the identity provider's budget with {} others", found);
    }
    others = found;
    Moment since = heldSince;
    if (found == 0 && since != null && asked.isAtLeast(LISTED_WITHIN, since)) {
      counted = true;
    }
  }
}
