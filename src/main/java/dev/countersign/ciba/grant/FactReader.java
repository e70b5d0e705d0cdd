package dev.countersign.ciba.grant;

import com.nimbusds.jwt.SignedJWT;
import dev.countersign.ciba.GrantFacts;
import java.text.ParseException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the facts out of a grant whose ID token, if it has one, was verified. */
final class FactReader {
  private static final int LONGEST = 256;
  private static final int MOST = 16;

  private FactReader() {}

  /**
   * The facts.
   *
   * @param claims the ID token's; empty: there is none
   */
  static GrantFacts facts(Map<String, Object> claims, String accessToken) {
    return new GrantFacts(
        text(claims.get("iss")),
        text(claims.get("sub")),
        claims.get("auth_time") instanceof Number seconds
            ? Instant.ofEpochSecond(
                Math.clamp(seconds.longValue(), 0, Instant.MAX.getEpochSecond() / 2))
            : null,
        text(claims.get("acr")),
        texts(claims.get("amr")),
        tokenId(accessToken));
  }

  private static @Nullable String text(@Nullable Object claim) {
    return claim instanceof String text && text.length() <= LONGEST ? text : null;
  }

  private static List<String> texts(@Nullable Object claim) {
    return claim instanceof Collection<?> values
        ? values.stream()
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .filter(value -> value.length() <= LONGEST)
            .limit(MOST)
            .toList()
        : List.of();
  }

  /** Access tokens are opaque to clients: null where it is no JWT, or has no id. */
  private static @Nullable String tokenId(String accessToken) {
    try {
      Map<String, Object> claims = SignedJWT.parse(accessToken).getPayload().toJSONObject();
      return claims == null ? null : text(claims.get("jti"));
    } catch (ParseException | RuntimeException e) {
      return null;
    }
  }
}
