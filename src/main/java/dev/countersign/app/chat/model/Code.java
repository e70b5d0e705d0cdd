package dev.countersign.app.chat.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Code in words, as Markdown marks it: what stands in it is quoted. Blocks are looked for line by
 * line: a pattern would read to the end again for each that isn't closed.
 */
final class Code {
  private static final Pattern OPENING = Pattern.compile("[ \\t]*+```[^`]*+");
  private static final Pattern CLOSING = Pattern.compile("[ \\t]*+```[ \\t]*+\\r?");

  /** Within a line, and without a blank at its ends: a lone backtick marks nothing. */
  private static final Pattern SPANS =
      Pattern.compile("(?<!`)``(?!`)[^\\n]+?(?<!`)``(?!`)|(?<!`)`(?![`\\s])[^`\\n]*(?<!\\s)`(?!`)");

  private Code() {}

  /**
   * A block in a text.
   *
   * @param inner where what stands in it begins
   * @param closing where that ends, and the line begins that closes it
   */
  private record Block(int from, int inner, int closing, int to) {}

  private static List<Block> blocks(String words) {
    List<Block> blocks = new ArrayList<>();
    int from = -1;
    int inner = 0;
    for (int at = 0; at < words.length(); ) {
      int newline = words.indexOf('\n', at);
      int end = newline < 0 ? words.length() : newline;
      String line = words.substring(at, end);
      if (from >= 0 && CLOSING.matcher(line).matches()) {
        blocks.add(new Block(from, inner, at, end));
        from = -1;
      } else if (from < 0 && newline >= 0 && OPENING.matcher(line).matches()) {
        from = at;
        inner = end + 1;
      }
      at = end + 1;
    }
    return blocks;
  }

  /** A text of the same length, with a dot for each character of code. */
  static String hiddenIn(String words) {
    StringBuilder hidden = new StringBuilder();
    for (Block block : blocks(words)) {
      hidden.append(words, hidden.length(), block.from());
      hidden.repeat('.', block.to() - block.from());
    }
    hidden.append(words, hidden.length(), words.length());
    return SPANS.matcher(hidden).replaceAll(code -> ".".repeat(code.group().length()));
  }

  /** What stands in the blocks of a text. */
  static Stream<String> blocksIn(String words) {
    return blocks(words).stream()
        .map(block -> words.substring(block.inner(), block.closing()).strip());
  }
}
