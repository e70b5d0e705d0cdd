package dev.countersign.devservices.shop;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/** Lets through who holds a token of the issuer for this shop with the scope to buy. */
final class TokenCheck {
  private static final String SCOPE = "product:buy";
  private static final String SCHEME = "Bearer ";
  private final JwtDecoder decoder;

  TokenCheck(String issuer, String audience) {
    this.decoder =
        new SupplierJwtDecoder(() -> {
          NimbusJwtDecoder found = NimbusJwtDecoder.withIssuerLocation(issuer).build();
          found.setJwtValidator(
              new DelegatingOAuth2TokenValidator<>(
                  JwtValidators.createDefaultWithIssuer(issuer),
                  new JwtAudienceValidator(audience)));
          return found;
        });
  }

  /**
   * Finds who buys.
   *
   * @param authorization the request's header
   * @return whom the token names
   * @throws Problem 401 without a good token, 403 without the scope, 503 if the issuer's keys can't
   *     be had
   */
  Buyer buyer(@Nullable String authorization) throws Problem {
    if (authorization == null || !authorization.startsWith(SCHEME)) {
      throw new Problem(401, "A bearer token is required.");
    }
    Jwt token = decode(authorization.substring(SCHEME.length()));
    String scopes = Objects.requireNonNullElse(token.getClaimAsString("scope"), "");
    List<String> granted = Arrays.asList(scopes.split(" "));
    if (!granted.contains(SCOPE)) {
      throw new Problem(403, "The token lacks the scope " + SCOPE + ".");
    }
    return new Buyer(Objects.requireNonNullElse(token.getSubject(), ""), token.getId());
  }

  private Jwt decode(String token) throws Problem {
    try {
      return decoder.decode(token);
    } catch (BadJwtException e) {
      throw new Problem(401, "The token is not valid here: " + e.getMessage());
    } catch (JwtException | JwtDecoderInitializationException e) {
      throw new Problem(503, "The issuer's keys can't be had.");
    }
  }
}
