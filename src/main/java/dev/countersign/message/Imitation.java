package dev.countersign.message;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds where free text would read as another part of the message that it stands in. */
final class Imitation {
  private static final Pattern BEGINS_AS_NUMBER =
      Pattern.compile(
          "(?iU)[^\\p{L}]*\\p{N}|[x×*][^\\p{L}]*\\p{N}|(dozen|hundred|thousand|million|billion|k)(?!\\p{L})");

  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");

  /** A word of some length ends, and another begins: no abbreviation. */
  private static final Pattern SECOND_SENTENCE =
      Pattern.compile("(?U)([!?][\\s]+\\p{L})|([\\p{L}\\p{N}]{4,}[)\"”’]*\\.\\s+\\p{L})");

  private static final String CURRENCY =
      "([$€£¥₹]|(EUR|USD|GBP|CHF|JPY|INR|euros?|dollars?|pounds?)\\b)";

  /** A price is introduced by a word; 50 EUR alone may be a voucher's name. */
  private static final Pattern PRICE =
      Pattern.compile(
          "(?iU)\\b(at most|up to|no more than|less than|maximum|max|limit|price|total|costs?)\\b[^\\p{L}\\p{N}]*\\p{N}"
              + "|\\b(for|at|only|just)\\b[^\\p{L}\\p{N}]*("
              + CURRENCY
              + "\\s*\\p{N}|\\p{N}[\\p{N}.,' ]*"
              + CURRENCY
              + ")");

  private final List<String> following;
  private final boolean numbers;

  /**
   * For one place in a message.
   *
   * @param following the texts between the values that come after it
   * @param numbers whether it shows numbers, which a price could be taken for
   */
  Imitation(List<String> following, boolean numbers) {
    this.following = following;
    this.numbers = numbers;
  }

  /** Whether a text after a number would make it another one: {@code 2 000 lamps}. */
  static boolean beginsAsNumber(String text) {
    return BEGINS_AS_NUMBER.matcher(text).lookingAt();
  }

  /** What a text would read as, as the end of a sentence; empty: as what it is. */
  Optional<String> of(String text) {
    if (INVISIBLE.matcher(text).find()) {
      return Optional.of("has characters that nobody sees");
    }
    if (numbers && PRICE.matcher(text).find()) {
      return Optional.of("would read as a price");
    }
    return following.stream()
        .filter(part -> has(text, part))
        .findFirst()
        .map(part -> "would read as another part of the message, \"%s\"".formatted(part.strip()));
  }

  /** The same of a text as it will be shown, in which a sentence may end. */
  Optional<String> ofShown(String text) {
    return SECOND_SENTENCE.matcher(text).find()
        ? Optional.of("would read as a second sentence")
        : of(text);
  }

  /** By its words or, if it has none, by its signs. */
  private static boolean has(String text, String part) {
    String words = words(part);
    return words.isBlank()
        ? !part.isBlank() && text.contains(part.strip())
        : words(text).contains(words);
  }

  private static String words(String text) {
    return " " + text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip() + " ";
  }
}
