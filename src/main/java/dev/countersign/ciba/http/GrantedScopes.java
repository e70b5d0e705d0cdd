package dev.countersign.ciba.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.ciba.provider.OAuthBody;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the scopes of a token answer. The standard is a text with spaces (RFC 6749 3.3); arrays and
 * commas are other providers' and are read too, since what was granted is compared in any case.
 */
final class GrantedScopes {
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern COMMAS = Pattern.compile(",");

  private GrantedScopes() {}

  /**
   * What was granted. Null: not said, as are a blank text and an empty array. Whatever else names
   * no scope grants none: only leaving it out means as asked (RFC 6749 5.1).
   */
  static @Nullable List<String> of(JsonNode scope) {
    if (scope.isTextual()) {
      return scope.textValue().isBlank() ? null : text(scope.textValue().strip());
    }
    boolean unsaid =
        scope.isMissingNode() || scope.isNull() || (scope.isArray() && scope.isEmpty());
    return unsaid ? null : elements(scope);
  }

  private static List<String> text(String text) {
    JsonNode written = text.startsWith("[") ? OAuthBody.json(text) : null;
    if (written != null && written.isArray()) {
      return elements(written);
    }
    List<String> words = split(SPACES, text);
    return words.size() == 1
        ? commaSeparated(text)
        : words.stream()
            .map(word -> word.endsWith(",") ? word.substring(0, word.length() - 1) : word)
            .filter(word -> !word.isEmpty())
            .toList();
  }

  /** A list with commas, or one scope whose name has some (RFC 6749 3.3): it counts as both. */
  private static List<String> commaSeparated(String text) {
    List<String> parts = split(COMMAS, text);
    return parts.isEmpty()
        ? parts
        : Stream.concat(parts.stream(), Stream.of(text)).distinct().toList();
  }

  /** A comma within an element is part of the scope's name. */
  private static List<String> elements(JsonNode array) {
    List<String> scopes = new ArrayList<>();
    for (JsonNode one : array) {
      if (array.isArray() && one.isTextual()) {
        scopes.addAll(split(SPACES, one.textValue()));
      }
    }
    return List.copyOf(scopes);
  }

  private static List<String> split(Pattern between, String text) {
    return between.splitAsStream(text).filter(one -> !one.isEmpty()).toList();
  }
}
