package dev.countersign.app.purchase;

import dev.countersign.autoconfigure.CibaProfile;
import dev.countersign.message.MessageRules;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the phone shows, and what the provider allows there (CIBA Core 7.1). What is unset follows
 * the profile.
 *
 * @param template a text with {@code {qty}}, {@code {product}} and {@code {priceLimit}}; what
 *     stands in square brackets is left out when there is no price limit
 * @param characters a regular expression's character class: what the message may have
 * @param replacement stands for each run of other characters of a product's name; empty: a space
 *     does
 * @param maxLength most characters of the message
 */
@ConfigurationProperties("countersign.ciba.binding-message")
public record BindingMessageProperties(
    @Nullable String template,
    @Nullable String characters,
    @Nullable String replacement,
    @Nullable Integer maxLength) {

  /**
   * With what the profile says where nothing was set.
   *
   * @throws IllegalArgumentException naming the setting, if they don't go together
   */
  public BindingMessageRules rules(CibaProfile profile) {
    MessageRules usual = profile.defaults().message();
    String instead = replacement == null ? usual.replacement() : replacement;
    try {
      return new BindingMessageRules(
          template == null ? usualTemplate(usual) : template,
          Objects.requireNonNullElse(characters, usual.characters()),
          Objects.requireNonNullElse(maxLength, usual.maxLength()),
          instead == null || instead.isEmpty() ? null : instead);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "countersign.ciba.binding-message." + e.getMessage() + ".", e);
    }
  }

  /** Why they don't go together; empty: they do. */
  public Optional<String> fault(CibaProfile profile) {
    try {
      rules(profile);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Where no spaces are allowed, what stands for them is. */
  private static String usualTemplate(MessageRules rules) {
    String replacement = rules.replacement();
    return replacement == null
        ? BindingMessageRules.DEFAULT_TEMPLATE
        : BindingMessageRules.DEFAULT_TEMPLATE.replace(" ", replacement);
  }
}
