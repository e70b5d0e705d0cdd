package dev.countersign.app.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.http.Exchange.Answered;
import dev.countersign.http.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a shop doesn't take an order, in its own words. */
final class RefusalWords {
  /** RFC 9457 problem details first, then what other shops call it. */
  private static final List<String> MEMBERS = List.of("detail", "title", "message", "error");

  private static final int LONGEST_PLAIN_TEXT = 1_000;

  private final ObjectMapper json;

  RefusalWords(ObjectMapper json) {
    this.json = json;
  }

  /** The words, without the token should the shop repeat it; the status text if it says nothing. */
  String of(Answered answer, BearerToken token) {
    String words = Words.clean(inBody(answer.body()), token.value());
    return words == null ? hidden(answer.statusText(), token) : words;
  }

  private static String hidden(String statusText, BearerToken token) {
    String words = Words.clean(statusText, token.value());
    return words == null ? statusText : words;
  }

  private @Nullable String inBody(@Nullable String body) {
    if (body == null) {
      return null;
    }
    try {
      return inJson(json.readTree(body));
    } catch (JsonProcessingException e) {
      boolean page = body.stripLeading().startsWith("<");
      return page || body.length() > LONGEST_PLAIN_TEXT ? null : body;
    }
  }

  private static @Nullable String inJson(JsonNode tree) {
    if (tree.isTextual()) {
      return tree.textValue();
    }
    return MEMBERS.stream()
        .map(member -> tree.path(member).asText("").strip())
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse(null);
  }
}
