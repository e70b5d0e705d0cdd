package dev.countersign.app.api;

import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Checks access tokens of the issuer that are for another audience than this application's API. */
public interface AudienceDecoders {

  /**
   * A decoder; sends nothing yet.
   *
   * @param audience what {@code aud} must contain
   */
  JwtDecoder of(String audience);
}
