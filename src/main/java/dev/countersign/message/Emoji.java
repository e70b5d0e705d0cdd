package dev.countersign.message;

import java.util.regex.Pattern;

/**
 * Takes emoji out of a text: pictures, with the variation selectors, skin tones and joiners that
 * belong to them, and flags. They decorate, and few providers let a message have them. What carries
 * a letter, a number or an operator in a picture's form stays, since the text would be another one
 * without it; of a keycap its character stays.
 */
public final class Emoji {
  /** Letters, numbers and operators in a picture's form, and © ® ™ in any. */
  private static final String MEANINGFUL =
      "\\x{A9}\\x{AE}\\x{2122}\\x{2139}\\x{24C2}\\x{2716}\\x{2795}-\\x{2797}\\x{267E}\\x{3297}"
          + "\\x{3299}\\x{1F100}-\\x{1F1E5}\\x{1F200}-\\x{1F2FF}\\x{1F4AF}\\x{1F51F}\\x{1F7F0}";

  private static final String FLAG = "[\\x{1F1E6}-\\x{1F1FF}]{2}";
  private static final String PICTURE = "[\\p{IsExtended_Pictographic}&&[^" + MEANINGFUL + "]]";

  /** Other characters are pictures only where a variation selector says so: ☎ but not ☎️. */
  private static final String SHOWN_AS_PICTURE =
      "(?:[\\p{IsEmoji_Presentation}\\x{1F000}-\\x{1FAFF}&&"
          + PICTURE
          + "]|"
          + PICTURE
          + "(?=\\x{FE0F}|\\x{200D}))";

  private static final String TONE_AND_TAGS =
      "\\x{FE0F}?\\p{IsEmoji_Modifier}?[\\x{E0020}-\\x{E007F}]*";

  private static final String SEQUENCE =
      "(?:"
          + FLAG
          + "|"
          + SHOWN_AS_PICTURE
          + TONE_AND_TAGS
          + "(?:\\x{200D}\\p{IsExtended_Pictographic}"
          + TONE_AND_TAGS
          + ")*+)";

  private static final Pattern EMOJI = Pattern.compile("(?<!\\s)\\s*+(?:" + SEQUENCE + "\\s*+)++");
  private static final Pattern KEYCAP = Pattern.compile("([0-9#*])\\x{FE0F}?\\x{20E3}");

  private Emoji() {}

  /**
   * The text without emoji; as it is, if it has none. Where some were, words stay apart. Empty: it
   * has nothing else.
   */
  public static String removedFrom(String text) {
    String plain = KEYCAP.matcher(text).replaceAll("$1");
    return EMOJI.matcher(plain).find() ? EMOJI.matcher(plain).replaceAll(" ").strip() : plain;
  }
}
