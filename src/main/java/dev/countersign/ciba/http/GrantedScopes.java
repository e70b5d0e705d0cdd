package dev.countersign.ciba.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.ciba.provider.OAuthBody;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the scopes of a token answer. The standard is a text with spaces (RFC 6749 3.3); arrays and
 * commas are other providers' and are read too, since what was granted is compared in any case.
 */
final class GrantedScopes {
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern COMMAS = Pattern.compile("[\\s,]+");

  /** Two scopes with nothing but a space between: then a comma is part of a scope's name. */
  private static final Pattern BY_SPACES = Pattern.compile("[^\\s,]\\s+[^\\s,]");

  private GrantedScopes() {}

  /**
   * What was granted. Null: not said; an empty text or array says nothing either. What is no list
   * of scopes grants none.
   */
  static @Nullable List<String> of(JsonNode scope) {
    if (scope.isMissingNode() || scope.isNull()) {
      return null;
    }
    if (scope.isTextual()) {
      String text = scope.textValue().strip();
      JsonNode written = text.startsWith("[") ? OAuthBody.json(text) : null;
      return written != null && written.isArray() ? of(written) : saidOrNull(split(text), true);
    }
    List<String> scopes = new ArrayList<>();
    boolean blank = scope.isArray();
    for (JsonNode one : scope) {
      blank &= one.isNull() || (one.isTextual() && one.textValue().isBlank());
      if (scope.isArray() && one.isTextual()) {
        scopes.addAll(split(one.textValue()));
      }
    }
    return saidOrNull(scopes, blank);
  }

  private static @Nullable List<String> saidOrNull(List<String> scopes, boolean nothingElse) {
    return scopes.isEmpty() && nothingElse ? null : List.copyOf(scopes);
  }

  private static List<String> split(String text) {
    Pattern between = BY_SPACES.matcher(text).find() ? SPACES : COMMAS;
    return between.splitAsStream(text).filter(one -> !one.isEmpty()).toList();
  }
}
