package dev.countersign.message;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes one product's name in the characters that a provider allows, and notices where that would
 * make it another name: by a letter, digit or sign that has no other spelling, or by digits that
 * come to stand beside each other.
 */
public final class ShowableName {
  private static final int PLAIN = 0;

  /** Between two numbers they make a third. */
  private static final String OPERATORS = "/\\*^";

  private final AllowedCharacters allowed;
  private final StringBuilder text = new StringBuilder();
  private boolean whiteSpace;
  private boolean leftOut;
  private boolean leftOperatorOut;
  private boolean leftAnythingOut;
  private boolean lost;
  private boolean quoteIsOpen;

  /** Number of the character whose decomposition wrote the last one; {@link #PLAIN}: none did. */
  private int lastDecomposed = PLAIN;

  private @Nullable UnicodeScript lastScript;

  private ShowableName(AllowedCharacters allowed) {
    this.allowed = allowed;
  }

  /** The name as it can be shown; nothing: it can't be shown truthfully. */
  public static Optional<String> of(String name, AllowedCharacters allowed) {
    var shown = new ShowableName(allowed);
    int[] codePoints = Normalizer.normalize(name, Normalizer.Form.NFC).codePoints().toArray();
    for (int i = 0; i < codePoints.length; i++) {
      shown.put(codePoints[i], i + 1);
    }
    return shown.text();
  }

  private Optional<String> text() {
    boolean hardlyAnything =
        leftAnythingOut && text.codePoints().noneMatch(Character::isLetterOrDigit);
    return lost || text.isEmpty() || hardlyAnything
        ? Optional.empty()
        : Optional.of(text.toString());
  }

  private void put(int codePoint, int number) {
    String word = Spelling.of(codePoint);
    if (isSpace(codePoint)) {
      whiteSpace = true;
    } else if (allowed.contains(codePoint)) {
      write(codePoint, PLAIN);
    } else if (word != null) {
      word.codePoints().forEach(part -> putPart(part, PLAIN));
    } else if (Character.getType(codePoint) == Character.DECIMAL_DIGIT_NUMBER) {
      putPart('0' + Character.digit(codePoint, 10), PLAIN);
    } else {
      Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD)
          .codePoints()
          .forEach(part -> putPart(part, number));
    }
  }

  private void putPart(int codePoint, int number) {
    String word = Spelling.of(codePoint);
    if (isSpace(codePoint)) {
      whiteSpace = true;
    } else if (allowed.contains(codePoint)) {
      write(codePoint, number);
    } else if (isAccent(codePoint)) {
      return; // café is cafe
    } else if (word != null) {
      word.codePoints().forEach(part -> putPart(part, number));
    } else if (codePoint == '"' && !quoteIsOpen && follows(ShowableName::isAsciiDigit)) {
      " inch ".codePoints().forEach(part -> putPart(part, PLAIN)); // 55" television
    } else if (Spelling.isDecoration(codePoint)) {
      leaveOut(codePoint);
    } else {
      lost = true;
    }
  }

  private void leaveOut(int codePoint) {
    leftOut = true;
    leftAnythingOut = true;
    leftOperatorOut |= OPERATORS.indexOf(codePoint) >= 0;
    quoteIsOpen ^= codePoint == '"';
  }

  private boolean follows(IntPredicate kind) {
    boolean gap = whiteSpace || leftOut;
    return !gap && !text.isEmpty() && kind.test(text.charAt(text.length() - 1));
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  /** Other scripts write vowels and other letters by marks. */
  private boolean isAccent(int codePoint) {
    int type = Character.getType(codePoint);
    return (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK)
        && lastScript == UnicodeScript.LATIN;
  }

  private void write(int codePoint, int number) {
    boolean gap = whiteSpace || leftOut;
    if (!text.isEmpty()) {
      if (isAsciiDigit(codePoint) && isAsciiDigit(text.charAt(text.length() - 1))) {
        boolean joined = leftOut && !whiteSpace; // 2,5 but not: 15 (128
        lost |= joined || leftOperatorOut || (!gap && number != lastDecomposed); // 10²
      }
      if (gap) {
        text.append(allowed.gap(whiteSpace));
      }
    }
    text.appendCodePoint(codePoint);
    whiteSpace = false;
    leftOut = false;
    leftOperatorOut = false;
    lastDecomposed = number;
    lastScript = UnicodeScript.of(codePoint);
  }

  private static boolean isAsciiDigit(int codePoint) {
    return codePoint >= '0' && codePoint <= '9';
  }
}
