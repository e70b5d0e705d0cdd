package dev.countersign.app.chat.conversation;

/** Texts that must fit into a list: one line, cut at the end of a word. */
final class Shortened {
  private Shortened() {}

  /**
   * The beginning of a text, with runs of white space as one space.
   *
   * @param most characters, the ellipsis included
   */
  static String text(String text, int most) {
    String line = text.strip().replaceAll("\\s+", " ");
    if (line.length() <= most) {
      return line;
    }
    int end = line.lastIndexOf(' ', most - 1);
    if (end < most / 2) { // one long word
      end = Character.isHighSurrogate(line.charAt(most - 2)) ? most - 2 : most - 1;
    }
    return line.substring(0, end) + "…";
  }
}
