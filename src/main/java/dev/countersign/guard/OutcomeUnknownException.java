package dev.countersign.guard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a guarded method that can't say whether it has done anything, such as when an answer
 * got lost: as any other exception means, but with words. It is run again, under the same key, if
 * it is idempotent; else its outcome is unknown.
 */
public final class OutcomeUnknownException extends RuntimeException {
  private final @Nullable Duration retryAfter;

  /**
   * Says what is unknown.
   *
   * @param reason for the operator; no secret
   * @param retryAfter if it is run again, no earlier than after this time; null: whenever
   */
  public OutcomeUnknownException(String reason, @Nullable Duration retryAfter) {
    super(reason);
    this.retryAfter = retryAfter;
  }

  /** When to try again at the earliest; null: whenever. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
