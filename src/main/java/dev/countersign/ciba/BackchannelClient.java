package dev.countersign.ciba;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One CIBA provider, as its client sees it. Every call makes at most one request to the endpoint it
 * names, is never repeated by itself, and returns a case for whatever happened.
 */
public interface BackchannelClient {

  /**
   * Asks the provider to ask the user: one request to the backchannel authentication endpoint (CIBA
   * Core 7.1). Not idempotent: each accepted request rings the user's phone.
   */
  AuthenticationAnswer authenticate(AuthenticationRequest request);

  /**
   * Asks the token endpoint once whether the user has decided (CIBA Core 10.1). Never waits by
   * itself, but a provider may hold the request for up to 30 s.
   *
   * @param audience the API that the token is for, as it was named when the user was asked; sent to
   *     providers that know it as {@code resource} (RFC 8707 2.2). Null: the provider's default
   */
  TokenAnswer token(AuthReqId authReqId, @Nullable String audience);

  /** Asks for a token for the provider's default API. */
  default TokenAnswer token(AuthReqId authReqId) {
    return token(authReqId, null);
  }

  /**
   * Holds what was granted against what was asked: scopes, authorization details (RFC 9396 7), and
   * the ID token's signature, issuer, audience, times, user, access token and request (OpenID
   * Connect Core 3.1.3.7 and 3.1.3.8).
   *
   * @param authReqId of the request that was granted
   * @param sinceAsked how long ago the request was sent: instants of different clocks don't compare
   */
  GrantCheck check(
      Tokens tokens, AuthenticationRequest asked, AuthReqId authReqId, Duration sinceAsked);
}
