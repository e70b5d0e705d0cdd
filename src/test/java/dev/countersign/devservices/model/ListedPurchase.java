package dev.countersign.devservices.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A purchase as the tool {@code list_requests} tells of it.
 *
 * @param reference names it in {@code cancel_request}
 * @param result the shop's words; empty: not ordered
 */
record ListedPurchase(String reference, int qty, String product, String result) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Those in a result of the tool; nothing: it is no list, but a sentence. */
  static Optional<List<ListedPurchase>> in(String result) {
    try {
      JsonNode purchases = JSON.readTree(result).path("requests");
      return purchases.isArray()
          ? Optional.of(
              StreamSupport.stream(purchases.spliterator(), false)
                  .map(ListedPurchase::read)
                  .toList())
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static ListedPurchase read(JsonNode purchase) {
    return new ListedPurchase(
        purchase.path("request").asText(),
        purchase.at("/arguments/qty").asInt(),
        purchase.at("/arguments/product").asText(),
        purchase.path("result").asText());
  }

  /** Whether words in lower case say its product, or its reference. */
  boolean isNamedIn(String words) {
    return words.contains(product.toLowerCase(Locale.ROOT))
        || words.contains(reference.toLowerCase(Locale.ROOT));
  }

  /** Such as {@code 2 headphones (R-3F9A1C7E)}. */
  @Override
  public String toString() {
    return qty + " " + product + " (" + reference + ")";
  }
}
