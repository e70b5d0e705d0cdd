package dev.countersign.workflow;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an operator writes by hand into a signal, as it is told. */
public final class OperatorWords {
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Z}]+");
  private static final int MOST_SHOWN = 300;

  private OperatorWords() {}

  /** The words on one line, at most 300 characters; null: none were written. */
  public static String told(@Nullable String words) {
    String line = words == null ? "" : INVISIBLE.matcher(words).replaceAll(" ").strip();
    if (line.isEmpty()) {
      return "the operator has looked it up";
    }
    int length = line.codePointCount(0, line.length());
    return length <= MOST_SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MOST_SHOWN - 1)) + "…";
  }
}
