package dev.countersign.app.login;

import dev.countersign.app.api.ClockSkewValidator;
import dev.countersign.app.api.IssuerKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Reads logout tokens of the provider, each once. Thread-safe. */
final class LogoutTokens {
  /** Of so many the ids are remembered, for as long as they are fresh. */
  private static final int MOST_REMEMBERED = 10_000;

  private static final int LONGEST = 16_384;

  private final DiscoveredClientRegistrationRepository provider;
  private final IdTokenDecoderFactory idTokens;
  private final IssuerKeys keys;
  private final LoginClient client;
  private final String issuer;
  private final Map<String, Boolean> taken =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };
  private volatile @Nullable JwtDecoder decoder;

  LogoutTokens(
      DiscoveredClientRegistrationRepository provider,
      IdTokenDecoderFactory idTokens,
      IssuerKeys keys,
      LoginClient client,
      String issuer) {
    this.provider = provider;
    this.idTokens = idTokens;
    this.keys = keys;
    this.client = client;
    this.issuer = issuer;
  }

  /**
   * Takes a token.
   *
   * @throws BadJwtException if it is not valid, or was taken before
   * @throws JwtException if nobody can say so right now
   * @throws ProviderException if the provider can't be asked for its endpoints
   */
  Jwt take(String token) {
    if (token.length() > LONGEST) {
      throw new BadJwtException("it is too long");
    }
    Jwt read = decoder().decode(token);
    synchronized (taken) {
      if (taken.putIfAbsent(read.getId(), true) != null) {
        throw new BadJwtException("it was sent before");
      }
    }
    return read;
  }

  /** Lets a token be sent again. */
  void giveBack(Jwt token) {
    synchronized (taken) {
      taken.remove(token.getId());
    }
  }

  private JwtDecoder decoder() {
    JwtDecoder known = decoder;
    if (known != null) {
      return known;
    }
    ClientRegistration registration =
        Objects.requireNonNull(
            provider.findByRegistrationId(DiscoveredClientRegistrationRepository.REGISTRATION));
    NimbusJwtDecoder made =
        NimbusJwtDecoder.withJwkSource(keys).jwsAlgorithm(idTokens.algorithm(registration)).build();
    JwtTimestampValidator time = new JwtTimestampValidator();
    time.setClock(client.clock().asClock());
    made.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new ClockSkewValidator(client.clock()),
            time,
            new LogoutTokenValidator(
                issuer, client.authentication().clientId(), client.clock().asClock())));
    decoder = made;
    return made;
  }
}
