package dev.countersign.app.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.http.Exchange.Answered;
import dev.countersign.http.Words;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The number by which a shop knows an order, if its answer names one: a text or a whole number in
 * the JSON object that it answers, or else the last part of the address in {@code Location}.
 */
final class OrderNumber {
  /** The first that is there. */
  private static final List<String> MEMBERS =
      List.of("orderNumber", "order_number", "orderId", "order_id", "id");

  /** What is longer is no number that a person would be told. */
  private static final int MOST_CHARACTERS = 64;

  private final ObjectMapper json;
  private final HttpUrl orders;

  OrderNumber(ObjectMapper json, HttpUrl orders) {
    this.json = json;
    this.orders = orders;
  }

  /** Without the token, should the shop repeat it; null: the answer names none. */
  @Nullable String of(Answered answer, BearerToken token) {
    String named = inBody(answer.body());
    String number = Words.clean(named == null ? inLocation(answer) : named, token.value());
    return number == null || number.length() > MOST_CHARACTERS ? null : number;
  }

  private @Nullable String inBody(@Nullable String body) {
    if (body == null) {
      return null;
    }
    try {
      JsonNode tree = json.readTree(body);
      return MEMBERS.stream()
          .map(tree::path)
          .filter(member -> member.isTextual() || member.isIntegralNumber())
          .map(JsonNode::asText)
          .filter(number -> !number.isBlank())
          .findFirst()
          .orElse(null);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Of what a 201 has made (RFC 9110 15.3.2); of other answers it means something else. */
  private @Nullable String inLocation(Answered answer) {
    String location = answer.headers().get("Location");
    HttpUrl order = answer.status() != 201 || location == null ? null : orders.resolve(location);
    return order == null || order.encodedPath().equals(orders.encodedPath())
        ? null
        : order.pathSegments().getLast();
  }
}
