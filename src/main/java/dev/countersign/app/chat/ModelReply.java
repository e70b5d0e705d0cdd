package dev.countersign.app.chat;

import dev.countersign.guard.FrozenCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model answered.
 *
 * @param text null: it said nothing
 * @param calls the tools it wants run; empty: none
 * @param frozen for each call of a guarded tool, in their order: what the user is to be asked
 * @param usage null: the model's server doesn't count tokens
 */
public record ModelReply(
    @Nullable String text,
    List<ToolCall> calls,
    List<FrozenCall> frozen,
    @Nullable TokenUse usage) {
  public ModelReply {
    calls = Lists.orNone(calls);
    frozen = Lists.orNone(frozen);
  }

  /** An answer without calls of guarded tools, whose tokens were not counted. */
  ModelReply(@Nullable String text, List<ToolCall> calls) {
    this(text, calls, List.of(), null);
  }

  /** Its words, or others where it said nothing. */
  String textOr(String others) {
    return text == null || text.isBlank() ? others : text;
  }
}
