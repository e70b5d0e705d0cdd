package dev.countersign.guard;

import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a call stands whose workflow was ended from outside, by Temporal's terminate or a time
 * limit: it has told nobody.
 *
 * @param reason a sentence for the user; null: it had ended by itself before
 * @param code as in {@link CallState}; null: it had ended by itself before
 */
record StoppedCall(CallStatus status, @Nullable String reason, @Nullable String code) {
  /** Where such a call may stand, if it didn't stand at an end already. */
  static final Set<CallStatus> STATUSES = Set.of(CallStatus.FAILED, CallStatus.OUTCOME_UNKNOWN);

  private static final StoppedCall NOT_DONE =
      new StoppedCall(
          CallStatus.FAILED,
          "It was stopped from outside before it was done. Nothing was done.",
          "stopped");
  private static final StoppedCall UNKNOWN =
      new StoppedCall(
          CallStatus.OUTCOME_UNKNOWN,
          "It was stopped from outside when it may have been done already, so it is unknown whether"
              + " it was. Please check before you ask again.",
          "outcome_unknown");

  /** It was waiting for an operator to find out. */
  private static final StoppedCall UNSETTLED =
      new StoppedCall(
          CallStatus.OUTCOME_UNKNOWN,
          "It is unknown whether it was done. Please check before you ask again.",
          "outcome_unknown");

  /**
   * One that stood there last.
   *
   * @param run whether the method was begun to be run: its user may be asked once more since
   */
  static StoppedCall at(CallStatus last, BooleanSupplier run) {
    return switch (last) {
      case REQUESTED, AWAITING_APPROVAL -> run.getAsBoolean() ? UNKNOWN : NOT_DONE;
      case RUNNING -> UNKNOWN;
      case OUTCOME_UNKNOWN -> UNSETTLED;
      case DONE, DENIED, EXPIRED, REJECTED, CANCELLED, FAILED -> new StoppedCall(last, null, null);
    };
  }
}
