package dev.countersign.ciba.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Lets one of many equal lines into the log: the next one ten minutes later. */
final class Seldom {
  private static final Duration QUIET = Duration.ofMinutes(10);

  private final Clock clock;
  private final AtomicReference<Instant> quietUntil = new AtomicReference<>(Instant.MIN);

  Seldom(Clock clock) {
    this.clock = clock;
  }

  /** Whether it is time for a line; then it is not for a while. */
  boolean isTime() {
    Instant now = clock.instant();
    Instant until = quietUntil.get();
    return !now.isBefore(until) && quietUntil.compareAndSet(until, now.plus(QUIET));
  }
}
