package dev.countersign.guard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Calls for tests in which little of them matters. */
final class CallStateFixtures {
  private CallStateFixtures() {}

  /** Of which nothing else is known. */
  static CallState call(
      String id, String tool, String arguments, String message, CallStatus status) {
    return call(id, tool, arguments, message, status, null, null, null, null);
  }

  /** That says why it stands there. */
  static CallState call(
      String id,
      String tool,
      String arguments,
      String message,
      CallStatus status,
      @Nullable String reason,
      @Nullable String code,
      @Nullable Boolean unasked,
      @Nullable CoveredBy coveredBy) {
    return new CallState(
        id,
        tool,
        arguments,
        message,
        status,
        Instant.EPOCH,
        null,
        null,
        null,
        null,
        null,
        reason,
        code,
        null,
        null,
        unasked,
        coveredBy,
        null);
  }
}
