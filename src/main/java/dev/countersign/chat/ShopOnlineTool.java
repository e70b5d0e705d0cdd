package dev.countersign.chat;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.chat.ToolCall.BuyCall;
import dev.countersign.chat.ToolCall.InvalidCall;
import dev.countersign.purchase.Purchase;
import dev.countersign.purchase.PurchaseRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Optional;

/** The tool {@code shop_online}: its description for the model, and the check of a call of it. */
final class ShopOnlineTool {
  static final String NAME = "shop_online";

  static final ToolSpecification SPECIFICATION =
      ToolSpecification.builder()
          .name(NAME)
          .description("Tool to buy products online")
          .parameters(
              JsonObjectSchema.builder()
                  .addStringProperty("product", "The product, in the user's words")
                  .addIntegerProperty("qty", "How many pieces, 1 to 1000")
                  .addNumberProperty(
                      "priceLimit",
                      "Highest total price, more than 0; leave out when the user named none")
                  .required("product", "qty")
                  .build())
          .build();

  /** What a model may say; who approves is none of it. */
  private static final List<String> MEMBERS = List.of("product", "qty", "priceLimit");

  private static final int MAX_ARGUMENTS = 4_000;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Validator validator;

  ShopOnlineTool(Validator validator) {
    this.validator = validator;
  }

  /** Checks a call: the limits are those of {@link PurchaseRequest}. */
  ToolCall check(String id, String arguments) {
    Optional<ObjectNode> object = object(arguments);
    if (object.isEmpty()) {
      return invalid(id, "{}", "The arguments are not a JSON object.");
    }
    String json = object.get().toString();
    PurchaseRequest request;
    try {
      request = JSON.treeToValue(object.get().deepCopy().retain(MEMBERS), PurchaseRequest.class);
    } catch (JsonProcessingException _) {
      return invalid(
          id, json, "product must be a text, qty and priceLimit must be numbers, not texts.");
    }
    String problems =
        validator.validate(request).stream()
            .map(violation -> violation.getPropertyPath() + " " + violation.getMessage() + ".")
            .sorted(naturalOrder())
            .collect(joining(" "));
    return problems.isEmpty() ? new BuyCall(id, request.toPurchase()) : invalid(id, json, problems);
  }

  /** The arguments of a call that was valid. */
  static String arguments(Purchase purchase) {
    ObjectNode arguments =
        JSON.createObjectNode().put("product", purchase.product()).put("qty", purchase.qty());
    return (purchase.priceLimit() == null
            ? arguments
            : arguments.put("priceLimit", purchase.priceLimit()))
        .toString();
  }

  /** Servers refuse a transcript whose arguments they can't parse, so only an object is kept. */
  private static Optional<ObjectNode> object(String arguments) {
    if (arguments.length() > MAX_ARGUMENTS) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(arguments);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  private static InvalidCall invalid(String id, String arguments, String problem) {
    return new InvalidCall(
        id,
        NAME,
        arguments,
        "Nothing was bought. " + problem + " Call the tool again with valid arguments, or ask.");
  }
}
