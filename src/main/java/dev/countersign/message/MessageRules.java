package dev.countersign.message;

import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a provider allows as binding message; CIBA Core 7.1 leaves it to the provider.
 *
 * @param characters a regular expression's character class of the allowed characters, {@code
 *     [A-Za-z0-9 +\-_.,:#]} for example; it must allow all digits
 * @param maxLength most characters of a message
 * @param replacement what stands for a run of characters that are not allowed, {@code _} or {@code
 *     -}; null: a space
 */
public record MessageRules(String characters, int maxLength, @Nullable String replacement) {
  private static final String DIGITS = "0123456789";

  /**
   * Checks that these rules can be kept.
   *
   * @throws IllegalArgumentException naming the component that is wrong, the rule and the value
   */
  public MessageRules {
    AllowedCharacters allowed = allowed(characters, replacement);
    if (!allowed.without(DIGITS).isEmpty()) {
      throw new IllegalArgumentException(
          "characters must allow all of %s, so that numbers can be shown, but is %s"
              .formatted(DIGITS, characters));
    }
    new NameFitting(allowed); // marks what is shortened
    if (maxLength < 1) {
      throw new IllegalArgumentException("max-length must be at least 1, but is " + maxLength);
    }
  }

  private static AllowedCharacters allowed(String characters, @Nullable String replacement) {
    try {
      return new AllowedCharacters(characters, replacement);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "characters must be a character class in square brackets, such as [A-Za-z0-9 ], but is "
              + characters,
          e);
    }
  }
}
