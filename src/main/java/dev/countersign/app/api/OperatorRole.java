package dev.countersign.app.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is an operator: a user in whose login, or token, a claim has a value.
 *
 * @param claim a list, or a text with spaces between its values; where there is no claim of this
 *     name, its dots lead into claims within claims; empty: there are no operators
 * @param value what it must have
 */
public record OperatorRole(String claim, String value) {

  /** Whether there can be operators. */
  public boolean exists() {
    return !claim.isEmpty();
  }

  /** Whether these are an operator's. */
  public boolean isIn(Map<String, Object> claims) {
    if (!exists()) {
      return false;
    }
    return switch (claims.containsKey(claim) ? claims.get(claim) : within(claims)) {
      case Collection<?> values -> values.contains(value);
      case String values -> Arrays.asList(values.split(" ", -1)).contains(value);
      case null, default -> false;
    };
  }

  private @Nullable Object within(Map<String, Object> claims) {
    Object found = claims;
    for (String name : claim.split("\\.", -1)) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found;
  }
}
