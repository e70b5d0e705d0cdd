package dev.countersign.approval;

import io.temporal.activity.ActivityInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The Temporal server's time, as the attempts of activities tell it: when the server started one,
 * and what has passed since. So whoever asks, whoever waits and the workflow mean the same instant,
 * however wrong this machine's clock is. An attempt may have been long on its way here, when the
 * server is busy or the network slow; the one that was quickest of the last minutes counts for all.
 * Thread-safe.
 */
final class ServerTime {
  /** A server whose clock is set back is believed after two of these. */
  private static final long PERIOD_NANOS = Duration.ofMinutes(5).toNanos();

  private final LongSupplier nanoTime;
  private long periodBegan;
  private long best = Long.MIN_VALUE;
  private long bestBefore = Long.MIN_VALUE;

  ServerTime() {
    this(System::nanoTime);
  }

  ServerTime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.periodBegan = nanoTime.getAsLong();
  }

  /** The time from now on: to be called when the attempt begins. */
  Clock at(ActivityInfo attempt) {
    return at(attempt.getStartedTimestamp());
  }

  synchronized Clock at(long startedMillis) {
    long now = nanoTime.getAsLong();
    if (now - periodBegan >= PERIOD_NANOS) {
      bestBefore = best;
      best = Long.MIN_VALUE;
      periodBegan = now;
    }
    best = Math.max(best, TimeUnit.MILLISECONDS.toNanos(startedMillis) - now);
    return ticking(Math.max(best, bestBefore));
  }

  private Clock ticking(long offset) {
    InstantSource source = () -> Instant.EPOCH.plusNanos(nanoTime.getAsLong() + offset);
    return source.withZone(ZoneOffset.UTC);
  }
}
