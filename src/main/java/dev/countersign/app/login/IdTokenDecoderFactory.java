package dev.countersign.app.login;

import dev.countersign.app.api.ClockSkewValidator;
import dev.countersign.app.api.ProviderKeys;
import dev.countersign.ciba.provider.TokenSource;
import dev.countersign.clock.RemoteClock;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * Checks ID tokens (OpenID Connect Core 3.1.3.7): signature by one algorithm, issuer, audience,
 * time. Spring's own factory fetches keys without a time limit.
 */
final class IdTokenDecoderFactory implements JwtDecoderFactory<ClientRegistration> {
  private final @Nullable SignatureAlgorithm algorithm;
  private final ClientHttpRequestFactory http;
  private final RemoteClock clock;
  private final Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();

  /**
   * Makes decoders.
   *
   * @param algorithm the one that is accepted; null: RS256 where the provider offers it, or else
   *     the first that it does
   * @param clock the provider's
   */
  IdTokenDecoderFactory(
      @Nullable SignatureAlgorithm algorithm, ClientHttpRequestFactory http, RemoteClock clock) {
    this.algorithm = algorithm;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public JwtDecoder createDecoder(ClientRegistration registration) {
    return decoders.computeIfAbsent(registration.getRegistrationId(), _ -> decoder(registration));
  }

  private JwtDecoder decoder(ClientRegistration registration) {
    URI keys = URI.create(Objects.requireNonNull(registration.getProviderDetails().getJwkSetUri()));
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSource(
                ProviderKeys.at(keys, TokenSource.PROVIDER, new RestTemplate(http)))
            .jwsAlgorithm(algorithm(registration))
            .build();
    decoder.setClaimSetConverter(
        new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
    JwtTimestampValidator time = new JwtTimestampValidator();
    time.setClock(clock.asClock());
    OidcIdTokenValidator claims = new OidcIdTokenValidator(registration);
    claims.setClock(clock.asClock());
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(new ClockSkewValidator(clock), time, claims));
    return decoder;
  }

  /** The one signature that tokens of the provider for this client may have. */
  SignatureAlgorithm algorithm(ClientRegistration registration) {
    return algorithm == null ? offered(registration) : algorithm;
  }

  private static SignatureAlgorithm offered(ClientRegistration registration) {
    Object offers =
        registration
            .getProviderDetails()
            .getConfigurationMetadata()
            .get("id_token_signing_alg_values_supported");
    if (!(offers instanceof Collection<?> names) || names.contains("RS256")) {
      return SignatureAlgorithm.RS256;
    }
    return names.stream()
        .map(name -> SignatureAlgorithm.from(name.toString()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(SignatureAlgorithm.RS256);
  }
}
