package dev.countersign.approval;

import java.time.Duration;

/**
 * This process's share of the requests that a provider takes: hands out turns, evenly spaced. When
 * more polls are due than there are turns, each waits for its own, so that all intervals stretch
 * alike. Thread-safe.
 */
final class RequestBudget {
  private final long nanosPerRequest;
  private long nextTurn;
  private boolean used;

  RequestBudget(double requestsPerSecond) {
    nanosPerRequest = (long) (1_000_000_000 / requestsPerSecond);
  }

  /**
   * Takes the next free turn.
   *
   * @param now of {@link System#nanoTime}
   * @return how long to wait for it
   */
  synchronized Duration takeTurn(long now) {
    long turn = used && nextTurn - now > 0 ? nextTurn : now;
    used = true;
    nextTurn = turn + nanosPerRequest;
    return Duration.ofNanos(turn - now);
  }
}
