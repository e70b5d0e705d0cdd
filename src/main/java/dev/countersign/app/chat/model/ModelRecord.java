package dev.countersign.app.chat.model;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How this process's last calls of the model went. */
class ModelRecord {
  private final AtomicReference<@Nullable Instant> lastAnswer = new AtomicReference<>();
  private final AtomicReference<@Nullable Failure> lastFailure = new AtomicReference<>();

  /**
   * A call that failed.
   *
   * @param reason its type, which has no secret in it
   */
  record Failure(Instant at, String reason) {}

  void answered(Instant at) {
    lastAnswer.set(at);
  }

  void failed(Instant at, String reason) {
    lastFailure.set(new Failure(at, reason));
  }

  /** When the last good answer came; null: none yet. */
  @Nullable Instant lastAnswer() {
    return lastAnswer.get();
  }

  /** The last failure, if no answer came after it; null: there is none. */
  @Nullable Failure lastFailure() {
    Failure failure = lastFailure.get();
    Instant answer = lastAnswer.get();
    return failure == null || (answer != null && answer.isAfter(failure.at())) ? null : failure;
  }
}
