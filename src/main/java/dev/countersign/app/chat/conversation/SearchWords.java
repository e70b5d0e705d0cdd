package dev.countersign.app.chat.conversation;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words that a text must have, all of them, anywhere and in any order. Capitals, accents and the
 * width of letters don't matter.
 */
final class SearchWords {
  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  /** Letters before the word that was found, so that it is seen within what it is about. */
  private static final int BEFORE = 40;

  private final List<String> words;

  private SearchWords(List<String> words) {
    this.words = words;
  }

  /** The words of a text, which are divided by white space. */
  static SearchWords of(String text) {
    return new SearchWords(
        Stream.of(SPACE.split(folded(text))).filter(Predicate.not(String::isEmpty)).toList());
  }

  boolean areIn(String text) {
    String folded = folded(text);
    return !words.isEmpty() && words.stream().allMatch(folded::contains);
  }

  /**
   * The part of a text that has these words where the first of them is.
   *
   * @param most characters, each ellipsis included
   */
  String excerpt(String text, int most) {
    int start = beginning(text);
    String part = Shortened.text(text.substring(start), start == 0 ? most : most - 1);
    return start == 0 ? part : "…" + part;
  }

  private int beginning(String text) {
    String word = words.getFirst();
    int earliest = endOfFirst(word, text) - word.length() - BEFORE;
    if (earliest <= 0) {
      return 0;
    }
    int space = text.indexOf(' ', earliest);
    if (space >= 0 && space < earliest + BEFORE) {
      return space + 1;
    }
    return Character.isLowSurrogate(text.charAt(earliest)) ? earliest + 1 : earliest;
  }

  /**
   * The shortest beginning that has the word: folding makes letters of one many, and of many one.
   */
  private static int endOfFirst(String word, String text) {
    int without = 0;
    int with = text.length();
    while (without + 1 < with) {
      int middle = (without + with) / 2;
      if (folded(text.substring(0, middle)).contains(word)) {
        with = middle;
      } else {
        without = middle;
      }
    }
    return with;
  }

  private static String folded(String text) {
    return MARKS
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }
}
