package dev.countersign.guard;

import dev.countersign.approval.QuestionLimits;
import java.time.Duration;

/**
 * A guarded method was called, but its user has been asked too often lately, or has denied too
 * often: nobody was asked, and nothing was done.
 */
public final class TooManyQuestionsException extends CallNotDoneException {
  private final Duration retryAfter;

  TooManyQuestionsException(QuestionLimits.Refusal refusal) {
    super(refusal.sentence() + ". Nothing was done.");
    this.retryAfter = refusal.retryAfter();
  }

  /** When they can be asked again. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
