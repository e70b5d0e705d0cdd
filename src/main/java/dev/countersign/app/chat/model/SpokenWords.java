package dev.countersign.app.chat.model;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a model says to the user, of all that its server gives as its text. */
final class SpokenWords {
  /** Names of the tags around thoughts. */
  static final String TAGS = String.join("|", Thoughts.TAGS);

  /** The template of the model has begun the thought, so that it only ends here. */
  private static final Pattern END_OF_A_THOUGHT =
      Pattern.compile("(?is)\\A.*?(</(" + TAGS + ")>|\\[/THINK])");

  /** The head of words of gpt-oss: what it says before a call is commentary. */
  private static final Pattern HEAD =
      Pattern.compile(
          "(<\\|start\\|>assistant)?<\\|channel\\|>(final|commentary)(\\s*<\\|constrain\\|>\\w+)?"
              + "<\\|message\\|>|<\\|start\\|>assistant(?!\\s*to=)");

  private static final Pattern CONTROL =
      Pattern.compile("<\\|(end|return|im_end|eot_id|end_of_text)\\|>|</s>\\z");

  private SpokenWords() {}

  /** Whether a text has the end of a thought whose beginning it hasn't. */
  static boolean endsAnUnmarkedThought(String text) {
    String said = withoutThoughts(text, Code::hiddenIn);
    return END_OF_A_THOUGHT.matcher(Code.hiddenIn(said)).find();
  }

  /** The text without thoughts; null: it has nothing else. */
  static @Nullable String of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String said = soFar(text);
    if (said.isEmpty()) { // code that began in a thought went on behind it
      said = said(text, UnaryOperator.identity());
    }
    return said.isEmpty() ? null : said;
  }

  /** Those of a text that is still coming; empty: none. */
  static String soFar(String text) {
    return said(text, Code::hiddenIn);
  }

  /**
   * The same.
   *
   * @param view of what is left of the text, of the same length: without what is quoted in it
   */
  private static String said(String text, UnaryOperator<String> view) {
    String said = withoutThoughts(text, view);
    Matcher end = END_OF_A_THOUGHT.matcher(view.apply(said));
    said = end.find() ? said.substring(end.end()) : said;
    return without(CONTROL, without(HEAD, said, "\n\n", view), "", view).strip();
  }

  private static String withoutThoughts(String text, UnaryOperator<String> view) {
    StringBuilder kept = new StringBuilder();
    int from = 0;
    for (Thoughts.Place thought : Thoughts.in(view.apply(text))) {
      kept.append(text, from, thought.start());
      from = thought.end();
    }
    return kept.append(text, from, text.length()).toString();
  }

  private static String without(
      Pattern pattern, String text, String instead, UnaryOperator<String> view) {
    Matcher found = pattern.matcher(view.apply(text));
    StringBuilder kept = new StringBuilder();
    int from = 0;
    while (found.find()) {
      kept.append(text, from, found.start()).append(instead);
      from = found.end();
    }
    return kept.append(text, from, text.length()).toString();
  }
}
