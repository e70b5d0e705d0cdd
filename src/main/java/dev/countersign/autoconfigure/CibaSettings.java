package dev.countersign.autoconfigure;

import dev.countersign.ciba.client.ClientAuthenticationMethod;
import dev.countersign.ciba.client.ResourceParameter;
import dev.countersign.ciba.key.SigningAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * What of {@link CibaProperties} depends on the profile, decided.
 *
 * @param startsPerMinute null: no limit
 * @param startsPerUserAndMinute null: no limit
 */
public record CibaSettings(
    ClientAuthenticationMethod clientAuthentication,
    String loginHint,
    String userClaim,
    ResourceParameter resourceParameter,
    boolean signedRequests,
    SigningAlgorithm idTokenAlgorithm,
    @Nullable Integer startsPerMinute,
    @Nullable Integer startsPerUserAndMinute) {

  /** Whether a private key of the client's is needed. */
  public boolean needsKey() {
    return signedRequests || clientAuthentication == ClientAuthenticationMethod.PRIVATE_KEY_JWT;
  }
}
