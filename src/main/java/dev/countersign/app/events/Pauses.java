package dev.countersign.app.events;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses after failures: about 1 s, then twice as long each time, at most about 10 s. */
final class Pauses {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private Duration next = FIRST;

  /** Half of it is random, so that not all come at once when Temporal is back. */
  Duration next() {
    Duration pause =
        next.dividedBy(2).plusMillis(ThreadLocalRandom.current().nextLong(next.toMillis() / 2));
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    return pause;
  }

  void reset() {
    next = FIRST;
  }
}
