package dev.countersign.approval;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that polls get no answer: at once, and then in a line a minute for all waits together. A
 * provider that is down leaves thousands without.
 */
final class UnansweredPolls {
  private static final Logger log = LoggerFactory.getLogger(UnansweredPolls.class);
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  /** After so long without any, the next is of another outage. */
  private static final long QUIET = Duration.ofMinutes(10).toNanos();

  private final LongSupplier nanoTime;
  private boolean told;
  private long toldAt;
  private long last;
  private int more;

  UnansweredPolls(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Counts a wait whose poll got no answer, for a reason without secrets. */
  synchronized void add(String reason) {
    long now = nanoTime.getAsLong();
    if (told && now - last > QUIET) {
      more = 0;
    }
    last = now;
    if (told && now - toldAt < PAUSE) {
      more++;
      return;
    }
    if (more == 0) {
      log.warn("A poll got no answer, the wait goes on: {}", reason);
    } else {
      log.warn("Polls of {} more waits got no answer, they go on: {}", more + 1, reason);
    }
    told = true;
    toldAt = now;
    more = 0;
  }
}
