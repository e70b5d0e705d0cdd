package dev.countersign.app.api;

import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.clock.RemoteClock;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Checks access tokens of one issuer: signature by one algorithm, issuer, audience, time, that
 * there is a subject, that they are access tokens, and that whoever they are bound to has sent
 * them. Asks the provider for its keys (OpenID Connect Discovery 4) when the first token comes and
 * not before: a provider that is down must not keep the application from starting.
 */
final class IssuerJwtDecoder implements JwtDecoder {
  private final JwtDecoder decoder;

  /**
   * Makes a decoder; sends nothing.
   *
   * @param oidc the issuer, exactly as the {@code iss} claim has it, and the login's client
   * @param api what a token must have
   * @param keys the issuer's
   * @param clock the issuer's
   */
  IssuerJwtDecoder(OidcProperties oidc, ApiProperties api, IssuerKeys keys, RemoteClock clock) {
    NimbusJwtDecoder signatures =
        NimbusJwtDecoder.withJwkSource(keys).jwsAlgorithm(api.tokenAlgorithm()).build();
    signatures.setJwtValidator(validator(oidc, api, clock));
    this.decoder = signatures;
  }

  /**
   * Checks a token.
   *
   * @throws BadJwtException if the token is not valid
   * @throws JwtException if it can't be said, because the provider doesn't answer, or this
   *     machine's clock is too wrong
   */
  @Override
  public Jwt decode(String token) {
    try {
      return decoder.decode(token);
    } catch (JwtException e) {
      if (e.getCause() instanceof RateLimitReachedException) {
        // its key isn't published, as far as may be found out: whoever makes up names of keys gets
        // no other answer for that
        throw new BadJwtException("No key of this name is known", e);
      }
      throw e;
    } catch (RuntimeException e) {
      throw new JwtException("The provider's keys can't be fetched: " + e.getMessage(), e);
    }
  }

  private static OAuth2TokenValidator<Jwt> validator(
      OidcProperties oidc, ApiProperties api, RemoteClock clock) {
    JwtTimestampValidator time = new JwtTimestampValidator();
    time.setAllowEmptyExpiryClaim(false);
    time.setClock(clock.asClock());
    return new DelegatingOAuth2TokenValidator<>(
        new ClockSkewValidator(clock),
        time,
        new JwtIssuerValidator(oidc.issuer().toString()),
        new JwtClaimValidator<List<String>>(
            JwtClaimNames.AUD, aud -> aud != null && aud.contains(api.audience())),
        new JwtClaimValidator<String>(JwtClaimNames.SUB, sub -> sub != null && !sub.isBlank()),
        new AccessTokenValidator(api.typedTokens(), oidc.clientId()),
        new ConfirmationValidator());
  }
}
