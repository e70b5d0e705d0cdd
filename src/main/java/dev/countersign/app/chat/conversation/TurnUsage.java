package dev.countersign.app.chat.conversation;

import dev.countersign.app.chat.model.TokenUse;
import org.jspecify.annotations.Nullable;

/** The model calls of one turn and their tokens, for the log. */
final class TurnUsage {
  private int rounds;
  private TokenUse tokens = TokenUse.NONE;
  private boolean uncounted;

  /** One more answer of the model's; null: its tokens were not counted. */
  void add(@Nullable TokenUse use) {
    rounds++;
    if (use == null) {
      uncounted = true;
    } else {
      tokens = tokens.plus(use);
    }
  }

  /** Those that were counted. */
  TokenUse tokens() {
    return tokens;
  }

  @Override
  public String toString() {
    String counted = tokens.input() + " input and " + tokens.output() + " output tokens";
    return rounds
        + (rounds == 1 ? " round, " : " rounds, ")
        + counted
        + (uncounted ? " (not all were counted)" : "");
  }
}
