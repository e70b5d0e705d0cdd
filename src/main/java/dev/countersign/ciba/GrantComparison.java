package dev.countersign.ciba;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the granted scopes and authorization details are those asked for. */
final class GrantComparison {
  /** 2500 and 2500.0 are one number in JSON, but two in Jackson's trees. */
  private static final Comparator<JsonNode> SAME_VALUE =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  private GrantComparison() {}

  /** What is wrong, a sentence; null: nothing. */
  static @Nullable String fault(Tokens tokens, AuthenticationRequest asked) {
    List<String> missing = missingScopes(tokens.scopes(), asked.scopes());
    if (!missing.isEmpty()) {
      return "The provider granted less than was asked: scope "
          + String.join(", ", missing)
          + " is missing.";
    }
    if (asked.scopes().contains("openid") && tokens.idToken() == null) {
      return "The provider sent no ID token, so nobody knows who approved.";
    }
    boolean same = sameDetails(tokens.authorizationDetails(), asked.authorizationDetails());
    return same ? null : "The provider granted other authorization details than were asked.";
  }

  private static List<String> missingScopes(@Nullable List<String> granted, List<String> asked) {
    List<String> missing = new ArrayList<>(asked);
    missing.removeAll(granted == null ? asked : granted); // RFC 6749 5.1: not said is as asked
    return missing;
  }

  private static boolean sameDetails(@Nullable String granted, @Nullable String asked) {
    if (asked == null || granted == null) {
      return true; // a provider without RFC 9396 names none
    }
    JsonNode grantedTree = OAuthBody.json(granted);
    JsonNode askedTree = OAuthBody.json(asked);
    return grantedTree != null && askedTree != null && askedTree.equals(SAME_VALUE, grantedTree);
  }
}
