package dev.countersign.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody meant. Only letters and digits count, in any case. */
public final class Spelling {
  /** One letter in so many may be wrong, missing, too many, or in the place of the next. */
  private static final int LETTERS_A_FAULT = 5;

  private Spelling() {}

  /**
   * The known name that is most like a written one.
   *
   * @return empty: none is like it
   */
  public static Optional<String> nearest(String written, Collection<String> known) {
    String letters = letters(written);
    int most = Math.max(1, letters.length() / LETTERS_A_FAULT);
    return known.stream()
        .filter(name -> Math.abs(letters(name).length() - letters.length()) <= most)
        .filter(name -> faults(letters, letters(name)) <= most)
        .min(Comparator.comparingInt(name -> faults(letters, letters(name))));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** Optimal string alignment distance. */
  private static int faults(String one, String other) {
    int[][] table = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : fewest(table, i, j, one, other);
      }
    }
    return table[one.length()][other.length()];
  }

  private static int fewest(int[][] table, int i, int j, String one, String other) {
    boolean same = one.charAt(i - 1) == other.charAt(j - 1);
    int faults =
        Math.min(
            table[i - 1][j - 1] + (same ? 0 : 1), Math.min(table[i - 1][j], table[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(faults, table[i - 2][j - 2] + 1) : faults;
  }
}
