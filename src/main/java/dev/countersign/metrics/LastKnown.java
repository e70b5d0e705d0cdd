package dev.countersign.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a look at Temporal has shown, for gauges: looked at only when somebody asks, no more often
 * than is set, and beside whoever asks, so that a server that is away delays no scrape. So each
 * gets what the look before theirs has shown. What is too old counts as not known. Thread-safe.
 */
final class LastKnown<T> {
  private static final Logger log = LoggerFactory.getLogger(LastKnown.class);

  /** After so many looks that failed, one after the other, it isn't known any more. */
  private static final int MOST_FAILURES = 4;

  /** Nor is what was seen longer ago: Prometheus asks once a minute unless it is told otherwise. */
  private static final Duration HOLDS = Duration.ofMinutes(5);

  private final String name;
  private final Duration every;
  private final Supplier<T> look;
  private final LongSupplier nanoTime;
  private @Nullable Seen<T> last;
  private boolean looking;
  private long lookedAt;
  private boolean looked;
  private int failures;

  private record Seen<T>(T value, long at) {}

  /**
   * Knows nothing yet.
   *
   * @param name of the thread that looks
   * @param every least time from one look to the next
   */
  LastKnown(String name, Duration every, Supplier<T> look, LongSupplier nanoTime) {
    this.name = name;
    this.every = every;
    this.look = look;
    this.nanoTime = nanoTime;
  }

  /** What is known now; null: nothing. Never waits. */
  synchronized @Nullable T get() {
    long now = nanoTime.getAsLong();
    if (!looking && (!looked || now - lookedAt >= every.toNanos())) {
      looking = true;
      looked = true;
      lookedAt = now;
      Thread _ = Thread.ofVirtual().name(name).start(this::look);
    }
    Seen<T> seen = last;
    return seen == null || failures >= MOST_FAILURES || now - seen.at() > HOLDS.toNanos()
        ? null
        : seen.value();
  }

  private void look() {
    @Nullable T value = null;
    try {
      value = look.get();
    } catch (RuntimeException e) { // Temporal is away, or going down with this process
      log.debug("{} could not be looked at", name, e);
    } finally {
      looked(value);
    }
  }

  private synchronized void looked(@Nullable T value) {
    looking = false;
    if (value == null) {
      failures++;
    } else {
      failures = 0;
      last = new Seen<>(value, nanoTime.getAsLong());
    }
  }
}
