package dev.countersign.message;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Shortens a name so that everyone sees that it was shortened. */
public final class NameFitting {
  /** The first that is allowed. */
  private static final List<String> MARKS = List.of("…", "...", "--", "__");

  private static final int LEAST_OF_A_NAME = 5;
  private static final Pattern CUT_NUMBER = Pattern.compile("\\p{Nd}[\\p{Nd}.,]*$");
  private static final Pattern GAP_AT_END = Pattern.compile("[ _-]+$");

  private final String mark;

  /**
   * Chooses the mark.
   *
   * @throws IllegalArgumentException if none is allowed
   */
  public NameFitting(AllowedCharacters allowed) {
    mark =
        MARKS.stream()
            .filter(candidate -> allowed.without(candidate).isEmpty())
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "characters must allow one of … . - _, to mark a shortened name"));
  }

  /** With fewer characters a shortened name says nothing. */
  public int leastRoom() {
    return LEAST_OF_A_NAME + mark.length();
  }

  /**
   * The name in at most that many characters; nothing if there is no room for any of it.
   *
   * @param room UTF-16 units, of which a text has at least as many as characters
   */
  public Optional<String> fit(String name, int room) {
    if (name.length() <= room) {
      return Optional.of(name);
    }
    int most = room - mark.length();
    if (most < 1) {
      return Optional.empty();
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(name);
    int end = characters.isBoundary(most) ? most : characters.preceding(most);
    String kept = GAP_AT_END.matcher(withoutCutNumber(name, end)).replaceFirst("");
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept + mark);
  }

  /** A number that is cut would be another number. */
  private static String withoutCutNumber(String name, int end) {
    String kept = name.substring(0, end);
    char next = name.charAt(end);
    if (!Character.isDigit(next) && next != '.' && next != ',') {
      return kept;
    }
    return CUT_NUMBER.matcher(kept).replaceFirst("");
  }
}
