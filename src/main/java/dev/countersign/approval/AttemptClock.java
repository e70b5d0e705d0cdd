package dev.countersign.approval;

import io.temporal.activity.ActivityInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The Temporal server's time, as one attempt of an activity knows it: when the server started it,
 * and what has passed since. So whoever asks, whoever waits and the workflow mean the same instant,
 * however wrong this machine's clock is.
 */
final class AttemptClock extends Clock {
  private final Instant startedAt;
  private final long startedNanos = System.nanoTime();

  private AttemptClock(Instant startedAt) {
    this.startedAt = startedAt;
  }

  /** Counts from now: to be made when the attempt begins. */
  static AttemptClock of(ActivityInfo attempt) {
    return new AttemptClock(Instant.ofEpochMilli(attempt.getStartedTimestamp()));
  }

  @Override
  public Instant instant() {
    return startedAt.plus(Duration.ofNanos(System.nanoTime() - startedNanos));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("An instant has no zone");
  }
}
