package dev.countersign.guard;

import dev.countersign.workflow.OperatorWords;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has found out of a run whose outcome was unknown. Written by hand: whatever it
 * lacks must not be taken for an answer.
 *
 * @param done whether it was done; null: the operator doesn't say, so it counts for nothing
 * @param words how they know, for the user and for whoever reads the history; null: not said
 */
public record CallSettlement(@Nullable Boolean done, @Nullable String words) {
  /** The words as they are told: on one line, at most 300 characters. */
  String told() {
    return OperatorWords.told(words);
  }
}
