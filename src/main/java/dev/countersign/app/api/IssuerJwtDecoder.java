package dev.countersign.app.api;

import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import dev.countersign.clock.RemoteClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * Checks access tokens of one issuer: signature by one algorithm, issuer, audience, time, and that
 * there is a subject. Asks the provider for its keys (OpenID Connect Discovery 4) when the first
 * token comes and not before: a provider that is down must not keep the application from starting.
 */
final class IssuerJwtDecoder implements JwtDecoder {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

  private final JwtDecoder decoder;

  /**
   * Makes a decoder; sends nothing.
   *
   * @param issuer exactly as the {@code iss} claim has it
   * @param audience what {@code aud} must contain
   * @param algorithm the one that is accepted, whatever the token's header or the keys say
   * @param clock the issuer's
   */
  IssuerJwtDecoder(
      String issuer, String audience, SignatureAlgorithm algorithm, RemoteClock clock) {
    this.decoder = new SupplierJwtDecoder(() -> discover(issuer, audience, algorithm, clock));
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

  private static JwtDecoder discover(
      String issuer, String audience, SignatureAlgorithm algorithm, RemoteClock clock) {
    SimpleClientHttpRequestFactory http = new SimpleClientHttpRequestFactory();
    http.setConnectTimeout(CONNECT_TIMEOUT);
    http.setReadTimeout(READ_TIMEOUT);
    RestTemplate rest = new RestTemplate(DateHeaderInterceptor.observedBy(clock, http));
    URI keys = new IssuerMetadata(issuer, rest).jwksUri();
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSource(ProviderKeys.forAnybodysTokens(keys, rest))
            .jwsAlgorithm(algorithm)
            .build();
    decoder.setJwtValidator(validator(issuer, audience, clock));
    return decoder;
  }

  private static OAuth2TokenValidator<Jwt> validator(
      String issuer, String audience, RemoteClock clock) {
    JwtTimestampValidator time = new JwtTimestampValidator();
    time.setAllowEmptyExpiryClaim(false);
    time.setClock(clock.asClock());
    return new DelegatingOAuth2TokenValidator<>(
        new ClockSkewValidator(clock),
        time,
        new JwtIssuerValidator(issuer),
        new JwtClaimValidator<List<String>>(
            JwtClaimNames.AUD, aud -> aud != null && aud.contains(audience)),
        new JwtClaimValidator<String>(JwtClaimNames.SUB, sub -> sub != null && !sub.isBlank()));
  }
}
