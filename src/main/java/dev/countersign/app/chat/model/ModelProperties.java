package dev.countersign.app.chat.model;

import dev.countersign.settings.InvalidSettingException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The language model.
 *
 * @param apiKey secret of the model's API ({@code OPENAI_API_KEY}); empty: the server at {@code
 *     baseUrl}, which is then another than OpenAI's, takes none
 * @param baseUrl address of an API of OpenAI's kind, with its version ({@code OPENAI_BASE_URL});
 *     empty: OpenAI's own
 * @param name which model ({@code OPENAI_MODEL}); empty: {@code gpt-5-mini}
 */
@ConfigurationProperties("countersign.chat.model")
public record ModelProperties(
    @Nullable String apiKey, @Nullable String baseUrl, @Nullable String name) {
  private static final String OPENAI = "https://api.openai.com/v1";
  private static final String SMALL_MODEL = "gpt-5-mini";

  public ModelProperties {
    apiKey = orElse(apiKey, "");
    baseUrl = orElse(baseUrl, OPENAI);
    name = orElse(name, SMALL_MODEL);
    if (!isWebAddress(baseUrl)) {
      throw new InvalidSettingException(
          "OPENAI_BASE_URL (countersign.chat.model.base-url) must be an http or https address,"
              + " such as "
              + OPENAI
              + ", but is "
              + baseUrl);
    }
  }

  /** Whether the key is missing that OpenAI's own API can't do without. */
  boolean lacksKey() {
    return "".equals(apiKey) && OPENAI.equals(baseUrl);
  }

  private static String orElse(@Nullable String value, String other) {
    return value == null || value.isBlank() ? other : value.strip();
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = URI.create(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** Doesn't show the key. */
  @Override
  public String toString() {
    return "ModelProperties[baseUrl=" + baseUrl + ", name=" + name + "]";
  }
}
