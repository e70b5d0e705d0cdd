package dev.countersign.app.purchase;

import dev.countersign.message.MessageRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the phone shows of a purchase.
 *
 * @param template a text with {@code {qty}}, {@code {product}} and {@code {priceLimit}}; what
 *     stands in square brackets is left out when there is no price limit; unset: as the provider
 *     allows it
 */
@ConfigurationProperties("countersign.ciba.binding-message")
public record BindingMessageProperties(@Nullable String template) {

  /**
   * With what the provider allows.
   *
   * @throws IllegalArgumentException naming the setting, if they don't go together
   */
  public BindingMessageRules rules(MessageRules allowed) {
    try {
      return new BindingMessageRules(
          template == null ? usualTemplate(allowed) : template,
          allowed.characters(),
          allowed.maxLength(),
          allowed.replacement());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "countersign.ciba.binding-message." + e.getMessage() + ".", e);
    }
  }

  /** Why they don't go together; empty: they do. */
  public Optional<String> fault(MessageRules allowed) {
    try {
      rules(allowed);
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
