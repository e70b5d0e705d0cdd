package dev.countersign.guard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a guarded method that has certainly done nothing, such as when its server can't be
 * reached: it is run again, under the same approval and the same idempotency key, for as long as
 * its patience lasts. After an attempt whose outcome is unknown it proves nothing.
 */
public final class NotDoneException extends RuntimeException {
  private final @Nullable Duration retryAfter;

  /**
   * Says that nothing was done.
   *
   * @param reason for the user and the operator; no secret
   */
  public NotDoneException(String reason) {
    this(reason, (Duration) null);
  }

  /**
   * Says that nothing was done, and when to try again.
   *
   * @param reason for the user and the operator; no secret
   * @param retryAfter no earlier than after this time; null: whenever
   */
  public NotDoneException(String reason, @Nullable Duration retryAfter) {
    super(reason);
    this.retryAfter = retryAfter;
  }

  /**
   * Says that nothing was done, and why.
   *
   * @param reason for the user and the operator; no secret
   */
  public NotDoneException(String reason, Throwable cause) {
    super(reason, cause);
    this.retryAfter = null;
  }

  /** When to try again at the earliest; null: whenever. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
