package dev.countersign.devservices.tenant;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Signs tokens as Auth0 fills them: RS256, {@code scope} in one string, 86,400 s of life. */
final class TokenIssuer {
  static final Duration LIFE = Duration.ofDays(1);
  private final JwtEncoder encoder;
  private final String issuer;
  private final Clock clock;

  TokenIssuer(RSAKey key, String issuer, Clock clock) {
    this.encoder = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)));
    this.issuer = issuer;
    this.clock = clock;
  }

  Jwt accessToken(BackchannelRequest request) {
    String audience = Objects.requireNonNullElse(request.audience(), issuer + "userinfo");
    JwtClaimsSet.Builder claims =
        claims(request.sub(), audience)
            .id(request.id())
            .claim("scope", request.scope())
            .claim("azp", request.clientId());
    if (!request.authorizationDetails().isEmpty()) {
      claims.claim("authorization_details", request.authorizationDetails());
    }
    return sign(claims.build());
  }

  Jwt idToken(BackchannelRequest request, Jwt accessToken) {
    JwtClaimsSet.Builder claims =
        claims(request.sub(), request.clientId())
            .claim("at_hash", atHash(accessToken.getTokenValue()))
            .claim("auth_time", clock.instant().getEpochSecond())
            .claim("acr", "urn:countersign:phone")
            .claim("amr", List.of("swk", "user"));
    TenantUser.bySub(request.sub()).ifPresent(user -> profile(claims, user));
    return sign(claims.build());
  }

  Jwt apiToken(TenantUser user, String audience) {
    return apiToken(user, audience, _ -> {});
  }

  /** The same but for a change. */
  Jwt apiToken(TenantUser user, String audience, Consumer<JwtClaimsSet.Builder> change) {
    JwtClaimsSet.Builder claims = claims(user.sub(), audience).claim("scope", "openid");
    profile(claims, user);
    change.accept(claims);
    return sign(claims.build());
  }

  Jwt token(TenantUser user, String audience, Map<String, Object> more) {
    return sign(claims(user.sub(), audience).claims(all -> all.putAll(more)).build());
  }

  /**
   * That a user, or one session of theirs, has logged out.
   *
   * @param sid null: all of the user's
   */
  Jwt logoutToken(String sub, @Nullable String sid) {
    JwtClaimsSet.Builder claims =
        claims(sub, IdentityTenant.CLIENT_ID)
            .id(UUID.randomUUID().toString())
            .expiresAt(clock.instant().plusSeconds(120))
            .claim(
                "events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    if (sid != null) {
      claims.claim("sid", sid);
    }
    return encoder.encode(
        JwtEncoderParameters.from(
            JwsHeader.with(SignatureAlgorithm.RS256).type("logout+jwt").build(), claims.build()));
  }

  private static void profile(JwtClaimsSet.Builder claims, TenantUser user) {
    claims
        .claim("preferred_username", user.login())
        .claim("email", user.email())
        .claim("email_verified", true);
    if (!user.roles().isEmpty()) {
      claims.claim(IdentityTenant.ROLES_CLAIM, user.roles());
    }
  }

  private JwtClaimsSet.Builder claims(String sub, String audience) {
    return JwtClaimsSet.builder()
        .issuer(issuer)
        .subject(sub)
        .audience(List.of(audience))
        .issuedAt(clock.instant())
        .expiresAt(clock.instant().plus(LIFE));
  }

  private Jwt sign(JwtClaimsSet claims) {
    return encoder.encode(
        JwtEncoderParameters.from(JwsHeader.with(SignatureAlgorithm.RS256).build(), claims));
  }

  /** The left half of the hash (OpenID Connect Core 3.1.3.6). */
  private static String atHash(String accessToken) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(accessToken.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(hash, hash.length / 2));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
