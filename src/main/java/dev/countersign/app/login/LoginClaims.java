package dev.countersign.app.login;

import dev.countersign.app.api.OperatorRole;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What of a login approvals need, and so the session keeps. The rest is forgotten: a cookie has
 * 4,096 bytes.
 *
 * @param names of claims; with each its {@code _verified} is kept (OpenID Connect Core 5.1)
 */
public record LoginClaims(Set<String> names) {
  public LoginClaims {
    names = Set.copyOf(names);
  }

  /**
   * Those of these claims that are kept: texts, whether they were verified, and that the user is an
   * operator.
   *
   * @param signed those of the ID token: nobody has signed what the user info says
   */
  Map<String, Object> of(
      Map<String, Object> claims, Map<String, Object> signed, OperatorRole operators) {
    Map<String, Object> kept = new LinkedHashMap<>();
    names.stream()
        .sorted()
        .forEach(name -> {
          if (claims.get(name) instanceof String text) {
            kept.put(name, text);
          }
          Object verified = claims.get(name + "_verified");
          if (verified instanceof Boolean || verified instanceof String) {
            kept.put(name + "_verified", verified);
          }
        });
    if (operators.isIn(signed)) {
      kept.put(operators.claim(), operators.value()); // of all roles this one
    }
    return kept;
  }
}
