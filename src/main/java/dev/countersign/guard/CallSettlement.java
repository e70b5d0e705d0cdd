package dev.countersign.guard;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has found out of a run whose outcome was unknown. Written by hand: whatever it
 * lacks must not be taken for an answer.
 *
 * @param done whether it was done; null: the operator doesn't say, so it counts for nothing
 * @param words how they know, for the user and for whoever reads the history; null: not said
 */
public record CallSettlement(@Nullable Boolean done, @Nullable String words) {
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Z}]+");
  private static final int MOST_SHOWN = 300;

  /** The words as they are told: on one line, at most 300 characters. */
  String told() {
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
