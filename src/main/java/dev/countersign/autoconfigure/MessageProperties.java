package dev.countersign.autoconfigure;

import dev.countersign.message.MessageRules;
import java.util.Objects;
import java.util.Optional;
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

  /**
   * With what the profile says where nothing was set.
   *
   * @throws IllegalArgumentException with a sentence that names the setting, if they can't be kept
   */
  public MessageRules rules(CibaProfile profile) {
    MessageRules usual = profile.defaults().message();
    String instead = replacement == null ? usual.replacement() : replacement;
    try {
      return new MessageRules(
          Objects.requireNonNullElse(characters, usual.characters()),
          Objects.requireNonNullElse(maxLength, usual.maxLength()),
          instead == null || instead.isEmpty() ? null : instead);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "countersign.ciba.binding-message." + e.getMessage() + ".", e);
    }
  }

  /** Why they can't be kept; empty: they can. */
  Optional<String> fault(CibaProfile profile) {
    try {
      rules(profile);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
