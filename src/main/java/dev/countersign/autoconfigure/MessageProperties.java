package dev.countersign.autoconfigure;

import dev.countersign.message.MessageRules;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the provider allows the user's device to show (CIBA Core 7.1). What is unset follows the
 * profile.
 *
 * @param characters a regular expression's character class: what a message may have
 * @param replacement stands for each run of other characters of free text; empty: a space does
 * @param maxLength most characters of a message
 */
@ConfigurationProperties("countersign.ciba.binding-message")
public record MessageProperties(
    @Nullable String characters, @Nullable String replacement, @Nullable Integer maxLength) {

  /** With what the profile says where nothing was set. */
  public MessageRules rules(CibaProfile profile) {
    MessageRules usual = profile.defaults().message();
    String instead = replacement == null ? usual.replacement() : replacement;
    return new MessageRules(
        Objects.requireNonNullElse(characters, usual.characters()),
        Objects.requireNonNullElse(maxLength, usual.maxLength()),
        instead == null || instead.isEmpty() ? null : instead);
  }
}
