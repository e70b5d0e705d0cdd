package dev.countersign.message;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How characters are written that a provider doesn't allow, beyond what Unicode's compatibility
 * decomposition says. Spaces at the ends keep words apart.
 */
final class Spelling {
  private static final Map<Integer, String> WORDS = new HashMap<>();

  static {
    letters();
    punctuation();
    signs();
  }

  private Spelling() {}

  private static void letters() {
    write("ß", "ss");
    write("ẞ", "SS");
    write("æ", "ae");
    write("Æ", "AE");
    write("œ", "oe");
    write("Œ", "OE");
    write("ø", "o");
    write("Ø", "O");
    write("ł", "l");
    write("Ł", "L");
    write("đð", "d");
    write("ĐÐ", "D");
    write("þ", "th");
    write("Þ", "Th");
    write("ħ", "h");
    write("Ħ", "H");
    write("ŧ", "t");
    write("Ŧ", "T");
    write("ŋ", "ng");
    write("Ŋ", "NG");
    write("ı", "i");
    write("µμ", "u"); // micro sign, and the Greek letter in its place
  }

  private static void punctuation() {
    write("…", "...");
    write("‘’‚‛′ʼ‹›", "'");
    write("“”„‟″«»", "\"");
    write("‐‑‒–—―−", "-");
    write("⁄∕", "/");
  }

  /** Signs that mean something are written in words; those that only decorate leave a gap. */
  private static void signs() {
    write("×", "x");
    write("€", " EUR ");
    write("£", " GBP ");
    write("$", " dollar ");
    write("¢", " cent ");
    write("%", " percent ");
    write("&", " and ");
    write("@", " at ");
    write("°", " deg ");
    write("™℠©®℗|•●■★☆♥❤✓✔", " ");
  }

  private static void write(String characters, String word) {
    characters.codePoints().forEach(codePoint -> WORDS.put(codePoint, word));
  }

  /** In other characters, none of which has a spelling of its own; null: not here. */
  static @Nullable String of(int codePoint) {
    return WORDS.get(codePoint);
  }

  /** Whether a name is the same without it. */
  static boolean isDecoration(int codePoint) {
    if (codePoint == '#' || codePoint == '‰' || codePoint == '‱') {
      return false; // C# is not C
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      // an accent by itself; skin tones are not in this block
      case Character.MODIFIER_SYMBOL -> codePoint < 0x300;
      default -> false;
    };
  }
}
