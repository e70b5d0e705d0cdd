package dev.countersign.message;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a provider lets a message be written with. */
public final class AllowedCharacters {
  private static final Set<String> REPLACEMENTS = Set.of("_", "-");

  private final Pattern one;
  private final @Nullable String replacement;

  /**
   * Reads a character class.
   *
   * @param replacement what stands for characters that aren't allowed; null: a space
   * @throws PatternSyntaxException if it is no character class
   * @throws IllegalArgumentException if nothing could stand for other characters
   */
  public AllowedCharacters(String characterClass, @Nullable String replacement) {
    if (!characterClass.startsWith("[") || !characterClass.endsWith("]")) {
      throw new PatternSyntaxException("No character class", characterClass, 0);
    }
    this.one = Pattern.compile(characterClass);
    this.replacement = replacement;
    if (replacement == null && !contains(' ')) {
      throw new IllegalArgumentException(
          "replacement must be set where characters allows no space, as " + characterClass);
    }
    if (replacement != null
        && (!REPLACEMENTS.contains(replacement) || !without(replacement).isEmpty())) {
      throw new IllegalArgumentException(
          "replacement must be _ or -, and one of the allowed characters, but is " + replacement);
    }
  }

  /** Whether a character is allowed. */
  public boolean contains(int codePoint) {
    return one.matcher(Character.toString(codePoint)).matches();
  }

  /** What of a text is not allowed. */
  public String without(String text) {
    return text.codePoints()
        .filter(codePoint -> !contains(codePoint))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /**
   * What stands for a run of white space and of characters that aren't allowed.
   *
   * @param whiteSpace whether white space is in it
   */
  public String gap(boolean whiteSpace) {
    boolean space = contains(' ') && (whiteSpace || replacement == null);
    return space || replacement == null ? " " : replacement;
  }
}
