package dev.countersign.app.chat.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a model says to the user, of all that its server gives as its text. */
final class SpokenWords {
  private static final String TAGS = "think|thinking|thought|thoughts|reasoning|reflection";

  /** As DeepSeek, Qwen and others think; then Magistral; then gpt-oss, unread by its server. */
  private static final Pattern THOUGHT =
      Pattern.compile(
          "(?is)<("
              + TAGS
              + ")>.*?</\\1>|\\A\\s*<("
              + TAGS
              + ")>.*\\z"
              + "|◁think▷.*?◁/think▷|<\\|START_THINKING\\|>.*?<\\|END_THINKING\\|>"
              + "|\\[THINK].*?(\\[/THINK]|\\z)"
              + "|<\\|channel\\|>analysis<\\|message\\|>.*?(<\\|end\\|>|(?=<\\|start\\|>)|\\z)");

  /** The template of the model has begun the thought, so that it only ends here. */
  private static final Pattern END_OF_A_THOUGHT =
      Pattern.compile("(?is)\\A.*?(</(" + TAGS + ")>|\\[/THINK])");

  private static final Pattern CONTROL =
      Pattern.compile(
          "<\\|start\\|>assistant|<\\|channel\\|>final<\\|message\\|>"
              + "|<\\|(end|return|im_end|eot_id|end_of_text)\\|>|</s>\\z");

  private SpokenWords() {}

  /** Whether a text has the end of a thought whose beginning it hasn't. */
  static boolean endsAnUnmarkedThought(String text) {
    return END_OF_A_THOUGHT.matcher(THOUGHT.matcher(text).replaceAll("")).find();
  }

  /** The text without thoughts; null: it has nothing else. */
  static @Nullable String of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String said = THOUGHT.matcher(text).replaceAll("");
    said = END_OF_A_THOUGHT.matcher(said).replaceFirst("");
    said = CONTROL.matcher(said).replaceAll("").strip();
    return said.isEmpty() ? null : said;
  }
}
