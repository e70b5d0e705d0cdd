package dev.countersign.guard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an approved call is run. Part of what is frozen before the start: a change of settings
 * changes no call under way. New components must be nullable.
 *
 * @param idempotent whether the method does the same once for one idempotency key, so that it may
 *     be run again after a run whose outcome is unknown
 * @param timeout longest time of one run
 * @param patience how long to go on when the method says that it has done nothing
 * @param longestDelay longest pause between two runs
 * @param askAgainWhenTokenEnds whether the user is asked once more when the approved token ends
 *     before the method has run
 * @param settleWithin how long an operator can settle an unknown outcome; null: not at all
 * @param looksUp whether an unknown outcome can be looked up ({@link LooksUp}); null: it can't
 * @param listened whether {@link CallListener}s are told what becomes of the call; null: nobody is
 */
public record RunTerms(
    boolean idempotent,
    Duration timeout,
    Duration patience,
    Duration longestDelay,
    boolean askAgainWhenTokenEnds,
    @Nullable Duration settleWithin,
    @Nullable Boolean looksUp,
    @Nullable Boolean listened) {

  /** Of calls that nobody listens to. */
  public RunTerms(
      boolean idempotent,
      Duration timeout,
      Duration patience,
      Duration longestDelay,
      boolean askAgainWhenTokenEnds,
      @Nullable Duration settleWithin,
      @Nullable Boolean looksUp) {
    this(
        idempotent,
        timeout,
        patience,
        longestDelay,
        askAgainWhenTokenEnds,
        settleWithin,
        looksUp,
        null);
  }

  RunTerms withLookUp() {
    return with(true, listened);
  }

  /** The same, of calls that somebody listens to. */
  public RunTerms withListeners() {
    return with(looksUp, true);
  }

  private RunTerms with(@Nullable Boolean looksUp, @Nullable Boolean listened) {
    return new RunTerms(
        idempotent,
        timeout,
        patience,
        longestDelay,
        askAgainWhenTokenEnds,
        settleWithin,
        looksUp,
        listened);
  }

  boolean isListened() {
    return Boolean.TRUE.equals(listened);
  }
}
