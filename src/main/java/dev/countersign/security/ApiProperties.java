package dev.countersign.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the app's own API.
 *
 * @param audience what an access token's {@code aud} must contain (environment variable {@code
 *     API_AUDIENCE})
 */
@ConfigurationProperties("countersign.api")
public record ApiProperties(@DefaultValue("countersign") String audience) {
  public ApiProperties {
    if (audience.isBlank()) {
      throw new IllegalArgumentException(
          "countersign.api.audience (API_AUDIENCE) must not be empty.");
    }
  }
}
