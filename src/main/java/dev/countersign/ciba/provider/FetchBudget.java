package dev.countersign.ciba.provider;

import java.time.Duration;

/**
 * How often something may be fetched: twice at once, then once in a while. Not thread-safe; times
 * are those of {@link System#nanoTime}.
 */
public final class FetchBudget {
  private static final int MOST = 2;

  private final long refill;
  private int left = MOST;
  private long countedAt;

  /** Full; one more is there after each such time. */
  public FetchBudget(Duration refill, long now) {
    this.refill = refill.toNanos();
    this.countedAt = now;
  }

  /** Whether none is left. */
  public boolean isUsedUp(long now) {
    count(now);
    return left == 0;
  }

  /** Takes one, if one is left. */
  public void take(long now) {
    count(now);
    left = Math.max(0, left - 1);
  }

  private void count(long now) {
    long more = Math.min((now - countedAt) / refill, MOST - left);
    left += (int) more;
    countedAt = left == MOST ? now : countedAt + more * refill;
  }
}
