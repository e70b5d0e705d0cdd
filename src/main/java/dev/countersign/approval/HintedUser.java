package dev.countersign.approval;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import dev.countersign.ciba.UserHint;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose phone a hint may ring, where it doesn't name the caller by their {@code sub}: several
 * accounts may have one address, and a {@code login_hint_token} can name somebody else. It is the
 * provider's to check; here it only counts, and apart: who makes up a token must not use up the
 * questions of somebody who has signed in.
 */
final class HintedUser {
  private static final List<String> NAMES = List.of("sub", "email", "phone_number");

  private HintedUser() {}

  /**
   * Whom questions count for beside the caller; empty: nobody else.
   *
   * @param sub the caller's
   */
  static Optional<String> of(UserHint hint, String sub) {
    return switch (hint) {
      case UserHint.LoginHint(var value) when names(value, sub) -> Optional.empty();
      case UserHint.LoginHint(var value) -> Optional.of("hinted " + value);
      case UserHint.LoginHintToken(var token) -> Optional.of("named by a token " + name(token));
      case UserHint.IdTokenHint _ -> Optional.empty();
    };
  }

  /** As it is, or in JSON as Auth0 has it. */
  private static boolean names(String hint, String sub) {
    return hint.equals(sub) || hint.contains('"' + sub + '"');
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
