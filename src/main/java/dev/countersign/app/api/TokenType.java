package dev.countersign.app.api;

import java.util.Locale;
import org.springframework.security.oauth2.jwt.Jwt;

/** What a token says by its header that it is. */
public final class TokenType {
  private static final String MEDIA = "application/";

  private TokenType() {}

  /**
   * Its {@code typ} in small letters, without {@code application/}, as RFC 7515 4.1.9 has it;
   * empty: it isn't said.
   */
  public static String of(Jwt token) {
    String type = String.valueOf(token.getHeaders().getOrDefault("typ", ""));
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.startsWith(MEDIA) ? lower.substring(MEDIA.length()) : lower;
  }
}
