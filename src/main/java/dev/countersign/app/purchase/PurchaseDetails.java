package dev.countersign.app.purchase;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the provider is told of a purchase as {@code authorization_details} (RFC 9396), so that the
 * approval and the token name it: the product as it was asked for, in its own letters.
 *
 * @param type the type as it is registered at the provider, at most 255 characters; null: none are
 *     sent
 * @param schema how the details are written
 * @param currency of the price limit, an ISO 4217 code; null: not said
 * @param shop name of the shop, at most 255 characters; null: not said
 */
public record PurchaseDetails(
    @Nullable String type, Schema schema, @Nullable String currency, @Nullable String shop) {
  /** No details are sent. */
  public static final PurchaseDetails OFF = new PurchaseDetails(null, Schema.PURCHASE, null, null);

  /** How the details are written. */
  public enum Schema {
    /** {@code {"type", "product", "qty", "priceLimit", "currency", "shop"}}. */
    PURCHASE,
    /** What Auth0's Guardian app shows: an instruction, and properties with names for the user. */
    GUARDIAN
  }

  private static final String GUARDIAN_PREFIX = "urn:auth0:schemas:authorization-details:v1:";
  private static final String INSTRUCTION = "Do you want to buy this?";

  /** Auth0's, for every value. */
  private static final int MOST_CHARACTERS = 255;

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException naming the component that is wrong, the rule and the value
   */
  public PurchaseDetails {
    checkLength("type", type);
    checkLength("shop", shop);
    if (type != null && schema == Schema.GUARDIAN && !isOfGuardian(type)) {
      throw new IllegalArgumentException(
          "type must be \""
              + GUARDIAN_PREFIX
              + "\" and a name for the schema guardian, but is \""
              + type
              + "\"");
    }
    if (currency != null
        && Currency.getAvailableCurrencies().stream()
            .noneMatch(known -> known.getCurrencyCode().equals(currency))) {
      throw new IllegalArgumentException(
          "currency must be a code of ISO 4217, such as EUR, but is \"" + currency + "\"");
    }
  }

  private static boolean isOfGuardian(String type) {
    return type.startsWith(GUARDIAN_PREFIX) && type.length() > GUARDIAN_PREFIX.length();
  }

  private static void checkLength(String component, @Nullable String value) {
    if (value != null && (value.isBlank() || value.length() > MOST_CHARACTERS)) {
      throw new IllegalArgumentException(
          "%s must have 1 to %d characters, but has %d"
              .formatted(component, MOST_CHARACTERS, value.strip().length()));
    }
  }

  /** A purchase as a JSON array of one object; nothing: none are sent. */
  Optional<String> of(Purchase purchase) {
    if (type == null) {
      return Optional.empty();
    }
    ObjectNode details =
        switch (schema) {
          case PURCHASE ->
              JsonNodeFactory.instance.objectNode().put("type", type).setAll(members(purchase));
          case GUARDIAN -> guardian(type, members(purchase));
        };
    return Optional.of(JsonNodeFactory.instance.arrayNode().add(details).toString());
  }

  private ObjectNode members(Purchase purchase) {
    ObjectNode members =
        JsonNodeFactory.instance
            .objectNode()
            .put("product", purchase.product())
            .put("qty", purchase.qty());
    BigDecimal limit = purchase.priceLimit();
    if (limit != null) {
      members.set("priceLimit", DecimalNode.valueOf(limit)); // 99.90 stays 99.90
    }
    if (currency != null) {
      members.put("currency", currency);
    }
    if (shop != null) {
      members.put("shop", shop);
    }
    return members;
  }

  private static ObjectNode guardian(String type, ObjectNode members) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    members
        .properties()
        .forEach(member ->
            properties
                .putObject(member.getKey())
                .put("display", true)
                .put("name", nameForUsers(member.getKey()))
                .put("display_order", properties.size())
                .set("value", member.getValue()));
    ObjectNode details =
        JsonNodeFactory.instance.objectNode().put("type", type).put("instruction", INSTRUCTION);
    details.set("properties", properties);
    return details;
  }

  private static String nameForUsers(String member) {
    return switch (member) {
      case "qty" -> "Quantity";
      case "priceLimit" -> "Price limit";
      default -> member.substring(0, 1).toUpperCase(Locale.ROOT) + member.substring(1);
    };
  }
}
