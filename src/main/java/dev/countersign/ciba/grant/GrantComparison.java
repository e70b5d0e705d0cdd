package dev.countersign.ciba.grant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.Tokens;
import dev.countersign.ciba.provider.OAuthBody;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the granted scopes and authorization details are those asked for. More scopes are fine;
 * of the details each element and member must be there, in the order of the elements, and no other.
 */
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

  /**
   * What is wrong, a sentence; null: nothing. Where there is an ID token, which must then be
   * verified, it is the grant of {@code openid}: providers that name the API's scopes only are
   * many, and OpenID Connect Core 3.1.2.1 has no other sense for that scope.
   */
  static @Nullable String fault(Tokens tokens, AuthenticationRequest asked) {
    List<String> missing = missingScopes(tokens, asked.scopes());
    if (!missing.isEmpty()) {
      return "The provider granted less than was asked: scope "
          + String.join(", ", missing)
          + " is missing.";
    }
    return asked.authorizationDetails() == null
        ? null
        : detailsFault(tokens.authorizationDetails(), asked.authorizationDetails());
  }

  private static List<String> missingScopes(Tokens tokens, List<String> asked) {
    List<String> granted = tokens.scopes();
    List<String> missing = new ArrayList<>(asked);
    missing.removeAll(granted == null ? asked : granted); // RFC 6749 5.1: not said is as asked
    if (tokens.idToken() != null) {
      missing.remove("openid");
    }
    return missing;
  }

  /** RFC 9396 7: the provider returns the granted ones, so those it doesn't are not granted. */
  private static @Nullable String detailsFault(@Nullable String granted, String asked) {
    if (granted == null) {
      return "The provider granted none of the authorization details that were asked for.";
    }
    JsonNode grantedTree = OAuthBody.json(granted);
    JsonNode askedTree = OAuthBody.json(asked);
    boolean same =
        grantedTree != null && askedTree != null && askedTree.equals(SAME_VALUE, grantedTree);
    return same ? null : "The provider granted other authorization details than were asked for.";
  }
}
