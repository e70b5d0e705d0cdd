package dev.countersign.app.purchase;

import dev.countersign.message.AllowedCharacters;
import dev.countersign.message.NameFitting;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a provider allows as binding message (CIBA Core 7.1 leaves it to the provider), and how ours
 * is worded.
 *
 * @param template the message with {@code {qty}} and {@code {product}}, each once. A section in
 *     square brackets with {@code {priceLimit}} is left out when the purchase has no limit: {@code
 *     Do you want to buy {qty} {product}[ for at most {priceLimit}]}
 * @param characters a regular expression's character class of the allowed characters, {@code
 *     [A-Za-z0-9 +\-_.,:#]} for example; it must allow the template's own text and all digits
 * @param maxLength most characters of a message
 * @param replacement what stands for a run of characters of the product's name that are not
 *     allowed, {@code _} or {@code -}; null: a space
 */
public record BindingMessageRules(
    String template, String characters, int maxLength, @Nullable String replacement) {
  /** What is asked when the settings say nothing else. */
  public static final String DEFAULT_TEMPLATE = "Do you want to buy {qty} {product}";

  /**
   * Checks that every purchase's quantity and limit can be shown under these rules, with some of
   * the product's name.
   *
   * @throws IllegalArgumentException naming the component that is wrong, the rule and the value
   */
  public BindingMessageRules {
    MessageTemplate parsed = MessageTemplate.parse(template);
    AllowedCharacters allowed = allowed(characters, replacement);
    String foreign = allowed.without(parsed.fixedText());
    if (!foreign.isEmpty()) {
      throw new IllegalArgumentException(
          "template must have allowed characters only, but \"%s\" has \"%s\""
              .formatted(template, foreign));
    }
    String numbers = parsed.asksForLimit() ? "0123456789." : "0123456789";
    if (!allowed.without(numbers).isEmpty()) {
      throw new IllegalArgumentException(
          "characters must allow all of %s, so that numbers can be shown, but is %s"
              .formatted(numbers, characters));
    }
    NameFitting fitting = new NameFitting(allowed);
    int room = maxLength - parsed.longestWithoutProduct();
    if (room < fitting.leastRoom()) {
      throw new IllegalArgumentException(
          "max-length must leave at least %d characters for the product's name beside the longest"
                  .formatted(fitting.leastRoom())
              + " numbers, so that it must be at least %d with this template, but is %d"
                  .formatted(maxLength - room + fitting.leastRoom(), maxLength));
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
