package dev.countersign.app.chat.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Code in words, as Markdown marks it: what stands in it is quoted. Blocks are found line by line,
 * in time that grows with the length alone, whatever a model has begun and not ended.
 */
final class Code {
  private static final Pattern BEGINS = Pattern.compile("[ \\t]*```[^`]*");
  private static final Pattern ENDS = Pattern.compile("[ \\t]*```[ \\t]*\\r?");

  /** Within a line, and without a blank at its ends: a lone backtick marks nothing. */
  private static final Pattern SPAN =
      Pattern.compile("(?<!`)``(?!`)[^\\n]+?(?<!`)``(?!`)|(?<!`)`(?![`\\s])[^`\\n]*(?<!\\s)`(?!`)");

  private Code() {}

  /**
   * A block, from its first mark to its last.
   *
   * @param inside where what stands in it begins
   * @param last where the line begins that ends it
   */
  private record Block(int start, int inside, int last, int end) {}

  /** A text of the same length, with a dot for each character of code. */
  static String hiddenIn(String words) {
    StringBuilder hidden = new StringBuilder(words.length());
    int from = 0;
    for (Block block : blocks(words)) {
      hidden.append(withoutSpans(words.substring(from, block.start())));
      hidden.repeat('.', block.end() - block.start());
      from = block.end();
    }
    return hidden.append(withoutSpans(words.substring(from))).toString();
  }

  private static String withoutSpans(String words) {
    return SPAN.matcher(words).replaceAll(code -> ".".repeat(code.group().length()));
  }

  /** What stands in the blocks of a text. */
  static Stream<String> blocksIn(String words) {
    return blocks(words).stream()
        .map(block -> words.substring(block.inside(), block.last()).strip());
  }

  private static List<Block> blocks(String words) {
    List<Block> blocks = new ArrayList<>();
    int start = -1; // of the block that has begun
    int inside = -1;
    for (int line = 0; line < words.length(); ) {
      int feed = words.indexOf('\n', line);
      int end = feed < 0 ? words.length() : feed;
      if (start < 0 && feed >= 0 && BEGINS.matcher(words).region(line, end).matches()) {
        start = line;
        inside = feed + 1;
      } else if (start >= 0 && ENDS.matcher(words).region(line, end).matches()) {
        blocks.add(new Block(start, inside, line, end));
        start = -1;
      }
      line = end + 1;
    }
    return blocks;
  }
}
