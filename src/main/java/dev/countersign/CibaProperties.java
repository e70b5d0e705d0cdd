package dev.countersign;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How approvals are asked for at the identity provider (OpenID CIBA Core 1.0).
 *
 * @param clientAuthentication how the client proves itself (OpenID Connect Core 9; environment
 *     variable {@code CIBA_CLIENT_AUTHENTICATION})
 * @param loginHint how the user is named in the request (environment variable {@code
 *     CIBA_LOGIN_HINT})
 * @param requestsPerSecond most requests for approval and polls that this process sends to the
 *     provider in a second: the provider's budget divided by the number of replicas; polls wait for
 *     their turn
 */
@ConfigurationProperties("countersign.ciba")
public record CibaProperties(
    @DefaultValue("client_secret_post") ClientAuthenticationMethod clientAuthentication,
    @DefaultValue("iss_sub") String loginHint,
    @DefaultValue("50") int requestsPerSecond) {

  /** How the client proves itself at the provider. */
  public enum ClientAuthenticationMethod {
    /** The secret as a form field. */
    CLIENT_SECRET_POST,
    /** The secret in the {@code Authorization} header. */
    CLIENT_SECRET_BASIC
  }

  public CibaProperties {
    if (requestsPerSecond < 1) {
      throw new IllegalArgumentException(
          "countersign.ciba.requests-per-second (COUNTERSIGN_CIBA_REQUESTSPERSECOND) must be at"
              + " least 1, but is "
              + requestsPerSecond
              + ".");
    }
  }
}
