package dev.countersign.app.chat.model;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Code in words, as Markdown marks it: what stands in it is quoted. */
final class Code {
  private static final String BLOCK = "(?ms)^[ \\t]*```[^`\\n]*\\n(.*?)^[ \\t]*```[ \\t]*$";

  /** Within a line, and without a blank at its ends: a lone backtick marks nothing. */
  private static final String SPAN =
      "(?<!`)``(?!`)[^\\n]+?(?<!`)``(?!`)|(?<!`)`(?![`\\s])[^`\\n]*(?<!\\s)`(?!`)";

  private static final Pattern BLOCKS = Pattern.compile(BLOCK);
  private static final Pattern BLOCKS_AND_SPANS = Pattern.compile(BLOCK + "|" + SPAN);

  private Code() {}

  /** A text of the same length, with a dot for each character of code. */
  static String hiddenIn(String words) {
    return BLOCKS_AND_SPANS.matcher(words).replaceAll(code -> ".".repeat(code.group().length()));
  }

  /** What stands in the blocks of a text. */
  static Stream<String> blocksIn(String words) {
    return BLOCKS.matcher(words).results().map(block -> block.group(1).strip());
  }
}
