package dev.countersign.guard;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param arguments as they were frozen, JSON
 * @param message what the user's device has shown
 * @param toolResult what a model is told, which speaks of the user: the method's value, {@code The
 *     user has denied the request}, or why it isn't done
 * @param sentence for the user, said when no model can word it
 * @param settled true: an unknown outcome had been told before; null: this is the first
 */
public record CallEnded(
    String callId,
    String tool,
    String arguments,
    String message,
    CallStatus status,
    String toolResult,
    String sentence,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean settled) {

  /** The end of a call that has returned this. */
  static CallEnded of(CallState call) {
    return of(call, null);
  }

  /**
   * The end of a call that stands so.
   *
   * @param settled as above
   */
  static CallEnded of(CallState call, @Nullable Boolean settled) {
    CallEnd done = new CallEnd.Done(call.result());
    String toolResult = Objects.requireNonNullElseGet(call.toolResult(), done::toolResult);
    String sentence = Objects.requireNonNullElseGet(call.reason(), done::sentence);
    CoveredBy coveredBy = mayBeDone(call.status()) ? call.coveredBy() : null;
    return new CallEnded(
        call.id(),
        call.tool(),
        call.arguments(),
        call.message(),
        call.status(),
        coveredBy == null ? toolResult : CoveredBy.afterResult(toolResult, coveredBy.theUsers()),
        coveredBy == null ? sentence : coveredBy.afterSentence(sentence),
        settled);
  }

  /** An approval covers nothing that was not done. */
  private static boolean mayBeDone(CallStatus status) {
    return status == CallStatus.DONE || status == CallStatus.OUTCOME_UNKNOWN;
  }

  /** Whether an unknown outcome had been told before, which has become clear since. */
  @JsonIgnore
  public boolean isSettled() {
    return Boolean.TRUE.equals(settled);
  }
}
