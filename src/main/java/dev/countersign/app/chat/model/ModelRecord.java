package dev.countersign.app.chat.model;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How this process's last calls of the model went. */
class ModelRecord {
  private final AtomicReference<@Nullable Instant> lastAnswer = new AtomicReference<>();
  private final AtomicReference<@Nullable Instant> lastHeard = new AtomicReference<>();
  private final AtomicReference<@Nullable Failure> lastFailure = new AtomicReference<>();

  /**
   * A call that failed.
   *
   * @param reason its type, which has no secret in it
   */
  record Failure(Instant at, String reason) {}

  void answered(Instant at) {
    lastAnswer.set(at);
    heard(at);
  }

  /** The server has answered something, be it an error. */
  void heard(Instant at) {
    lastHeard.set(at);
  }

  /** Whether the server has answered anything since. */
  boolean hasHeardSince(Instant since) {
    Instant heard = lastHeard.get();
    return heard != null && heard.isAfter(since);
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
