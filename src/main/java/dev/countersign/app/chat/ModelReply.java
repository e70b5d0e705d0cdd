package dev.countersign.app.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model answered.
 *
 * @param text null: it said nothing
 * @param calls the tools it wants run; empty: none
 * @param usage null: the model's server doesn't count tokens
 */
public record ModelReply(@Nullable String text, List<ToolCall> calls, @Nullable TokenUse usage) {
  public ModelReply {
    calls = Lists.orNone(calls);
  }

  /** An answer whose tokens were not counted. */
  ModelReply(@Nullable String text, List<ToolCall> calls) {
    this(text, calls, null);
  }

  /** Its words, or others where it said nothing. */
  String textOr(String others) {
    return text == null || text.isBlank() ? others : text;
  }
}
