package dev.countersign.app.api;

import dev.countersign.clock.RemoteClock;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Refuses to judge a token while this machine's clock is too far from its issuer's: that is no
 * fault of the token. Comes after the signature's check, which may have fetched keys, and so the
 * time.
 */
public final class ClockSkewValidator implements OAuth2TokenValidator<Jwt> {
  private final RemoteClock issuer;

  /** By the clock of the tokens' issuer. */
  public ClockSkewValidator(RemoteClock issuer) {
    this.issuer = issuer;
  }

  @Override
  public OAuth2TokenValidatorResult validate(Jwt token) {
    String fault = issuer.fault();
    if (fault != null) {
      throw new JwtException(fault);
    }
    return OAuth2TokenValidatorResult.success();
  }
}
