package dev.countersign.workflow;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Pauses between attempts, in workflow code: 1 s, then twice as long each time, until a limit. */
public final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LEAST_LONGEST = Duration.ofSeconds(30);
  private static final Duration MOST_LONGEST = Duration.ofMinutes(30);
  private static final int SHARE_OF_PATIENCE = 30;

  private final Duration longest;
  private final String summary;
  private Instant giveUpAt;
  private Duration next = FIRST;

  /**
   * The longest pause for whoever goes on for so long. Each attempt costs some 11 events of
   * history, of which there may be 51,200: whoever waits for days tries less often.
   */
  public static Duration longestFor(Duration patience) {
    Duration share = patience.dividedBy(SHARE_OF_PATIENCE);
    if (share.compareTo(LEAST_LONGEST) < 0) {
      return LEAST_LONGEST;
    }
    return share.compareTo(MOST_LONGEST) < 0 ? share : MOST_LONGEST;
  }

  /**
   * Nothing has been tried yet.
   *
   * @param longest no pause of our own is longer
   * @param giveUpAt no attempt is made after this
   * @param summary what the pauses are for, in the Web UI
   */
  public Backoff(Duration longest, Instant giveUpAt, String summary) {
    this.longest = longest;
    this.summary = summary;
    this.giveUpAt = giveUpAt;
  }

  /**
   * Sleeps until the next attempt.
   *
   * @param retryAfter what the other side asked for, if that is longer; null: nothing
   * @return false, without sleeping, if the next attempt would come too late
   */
  public boolean pause(@Nullable Duration retryAfter) {
    if (!allows(retryAfter)) {
      return false;
    }
    Duration pause = next(retryAfter);
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(longest) < 0 ? twice : longest;
    Timers.sleep(pause, summary);
    return true;
  }

  /** Whether the next attempt would not come too late. */
  public boolean allows(@Nullable Duration retryAfter) {
    return !WorkflowTime.now().plus(next(retryAfter)).isAfter(giveUpAt);
  }

  private Duration next(@Nullable Duration retryAfter) {
    return retryAfter != null && retryAfter.compareTo(next) > 0 ? retryAfter : next;
  }

  /** Gives up later by as much: somebody else delays the attempt. */
  public void putOff(Duration delay) {
    giveUpAt = giveUpAt.plus(delay);
  }
}
