package dev.countersign.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model answered.
 *
 * @param text null: it said nothing
 * @param calls the tools it wants run; empty: none
 */
public record ModelReply(@Nullable String text, List<ToolCall> calls) {
  public ModelReply {
    calls = Lists.orNone(calls);
  }

  /** Its words, or others where it said nothing. */
  String textOr(String others) {
    return text == null || text.isBlank() ? others : text;
  }
}
