package dev.countersign.app.api;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * Settings of the app's own API.
 *
 * @param audience what an access token's {@code aud} must contain (environment variable {@code
 *     API_AUDIENCE})
 * @param scope which an access token must have, one word; empty: none
 * @param typedTokens whether an access token must say by its header {@code typ} that it is one,
 *     {@code at+jwt} (RFC 9068 2.1); true or false
 * @param tokenAlgorithm the one signature that an access token may have (RFC 7518 3.1)
 * @param documentation whether the API is described at {@code /v3/api-docs}, and Swagger UI shown
 *     at {@code /swagger-ui/index.html}, to whoever asks; true or false
 */
@ConfigurationProperties("countersign.api")
public record ApiProperties(
    @DefaultValue("countersign") String audience,
    @DefaultValue("") String scope,
    @DefaultValue("false") boolean typedTokens,
    @DefaultValue("RS256") SignatureAlgorithm tokenAlgorithm,
    @DefaultValue("false") boolean documentation) {
  /** RFC 6749 3.3. */
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]*");

  public ApiProperties {
    if (audience.isBlank()) {
      throw new IllegalArgumentException(
          "countersign.api.audience (API_AUDIENCE) must not be empty.");
    }
    if (!SCOPE.matcher(scope).matches()) {
      throw new IllegalArgumentException(
          "countersign.api.scope (COUNTERSIGN_API_SCOPE) must be one scope, without spaces, but is"
              + " \""
              + scope
              + "\".");
    }
  }

  /** The same for tokens of another audience, of which no scope is wanted. */
  ApiProperties forAudience(String other) {
    return new ApiProperties(other, "", typedTokens, tokenAlgorithm, documentation);
  }
}
