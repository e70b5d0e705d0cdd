package dev.countersign.devservices.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A call of a tool as {@code list_requests} tells of it.
 *
 * @param reference names it in {@code cancel_request}
 * @param about such as {@code 2 headphones}
 * @param thing what a user calls it by, such as {@code headphones}
 * @param result what the tool has returned; empty: nothing
 */
record ListedCall(String reference, String tool, String about, String thing, String result) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Those in a result of the tool; nothing: it is no list, but a sentence. */
  static Optional<List<ListedCall>> in(String result) {
    try {
      JsonNode calls = JSON.readTree(result).path("requests");
      return calls.isArray()
          ? Optional.of(
              StreamSupport.stream(calls.spliterator(), false).map(ListedCall::read).toList())
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static ListedCall read(JsonNode call) {
    JsonNode arguments = call.path("arguments");
    boolean transfer = call.path("tool").asText().equals(Transfer.TOOL);
    return new ListedCall(
        call.path("request").asText(),
        transfer ? Transfer.TOOL : "shop_online",
        transfer
            ? arguments.path("amount").asText() + " EUR to " + arguments.path("recipient").asText()
            : arguments.path("qty").asInt() + " " + arguments.path("product").asText(),
        arguments.path(transfer ? "recipient" : "product").asText(),
        call.path("result").asText());
  }

  boolean isPurchase() {
    return tool.equals("shop_online");
  }

  /** Whether words in lower case say what it is about, or its reference. */
  boolean isNamedIn(String words) {
    return words.contains(thing.toLowerCase(Locale.ROOT))
        || words.contains(reference.toLowerCase(Locale.ROOT));
  }

  /** Such as {@code 2 headphones (R-3F9A1C7E)}. */
  @Override
  public String toString() {
    return about + " (" + reference + ")";
  }
}
