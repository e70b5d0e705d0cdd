package dev.countersign.app.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * Settings of the app's own API.
 *
 * @param audience what an access token's {@code aud} must contain (environment variable {@code
 *     API_AUDIENCE})
 * @param tokenAlgorithm the one signature that an access token may have (RFC 7518 3.1)
 * @param documentation whether the API is described at {@code /v3/api-docs}, and Swagger UI shown
 *     at {@code /swagger-ui/index.html}, to whoever asks; true or false
 */
@ConfigurationProperties("countersign.api")
public record ApiProperties(
    @DefaultValue("countersign") String audience,
    @DefaultValue("RS256") SignatureAlgorithm tokenAlgorithm,
    @DefaultValue("false") boolean documentation) {
  public ApiProperties {
    if (audience.isBlank()) {
      throw new IllegalArgumentException(
          "countersign.api.audience (API_AUDIENCE) must not be empty.");
    }
  }
}
