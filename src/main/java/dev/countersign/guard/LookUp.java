package dev.countersign.guard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a {@link LooksUp} method found out about a call. */
public sealed interface LookUp {

  /**
   * It was done.
   *
   * @param value what the guarded method would have returned; null: nothing
   */
  record Done(@Nullable Object value) implements LookUp {}

  /**
   * There is no trace of it.
   *
   * @param countsAfter how long after the last run that means that nothing was done, and nothing
   *     will be: until then that run may still be under way
   */
  record NotFound(Duration countsAfter) implements LookUp {}

  /**
   * That can't be said right now.
   *
   * @param reason for the operator; no secret
   * @param retryAfter when to look again at the earliest; null: whenever
   */
  record Unclear(String reason, @Nullable Duration retryAfter) implements LookUp {}

  /** Nobody can say. */
  record NotPossible() implements LookUp {}
}
