package dev.countersign.approval;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import dev.countersign.ciba.UserHint;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose phone a hint may ring beside the caller's: only a {@code login_hint_token} can name another
 * than the one who is signed in. It is the provider's to check; here it only counts.
 */
final class HintedUser {
  private static final List<String> NAMES = List.of("sub", "email", "phone_number");

  private HintedUser() {}

  /** Whom questions count for; empty: nobody else. */
  static Optional<String> of(UserHint hint) {
    return hint instanceof UserHint.LoginHintToken(var token)
        ? Optional.of("hinted " + name(token))
        : Optional.empty();
  }

  private static String name(String token) {
    try {
      JWTClaimsSet claims = JWTParser.parse(token).getJWTClaimsSet();
      if (claims == null) { // encrypted
        return token;
      }
      return NAMES.stream()
          .map(claims::getClaim)
          .filter(Objects::nonNull)
          .map(Object::toString)
          .findFirst()
          .orElse(token);
    } catch (ParseException | RuntimeException e) { // in a form of the provider's own
      return token;
    }
  }
}
