package dev.countersign.app.chat;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.ToolCall.BuyCall;
import dev.countersign.app.chat.ToolCall.InvalidCall;
import dev.countersign.app.purchase.PhoneMessages;
import dev.countersign.app.purchase.Purchase;
import dev.countersign.app.purchase.PurchaseRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import jakarta.validation.Validator;
import java.util.List;

/** The tool {@code shop_online}: its description for the model, and the check of a call of it. */
final class ShopOnlineTool implements Tool {
  static final String NAME = "shop_online";

  private static final ToolSpecification SPECIFICATION =
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

  private final Validator validator;
  private final PhoneMessages messages;

  ShopOnlineTool(Validator validator, PhoneMessages messages) {
    this.validator = validator;
    this.messages = messages;
  }

  @Override
  public ToolSpecification specification() {
    return SPECIFICATION;
  }

  /**
   * The limits are those of {@link PurchaseRequest}; and no purchase begins for which nobody can be
   * asked.
   */
  @Override
  public ToolCall check(String id, ObjectNode arguments) {
    String json = ToolArguments.kept(arguments);
    PurchaseRequest request;
    try {
      request =
          ToolArguments.JSON.treeToValue(
              arguments.deepCopy().retain(MEMBERS), PurchaseRequest.class);
    } catch (JsonProcessingException _) {
      return invalid(
          id, json, "product must be a text, qty and priceLimit must be numbers, not texts.");
    }
    String problems =
        validator.validate(request).stream()
            .map(violation -> violation.getPropertyPath() + " " + violation.getMessage() + ".")
            .sorted(naturalOrder())
            .collect(joining(" "));
    return problems.isEmpty()
        ? showable(id, json, request.toPurchase())
        : invalid(id, json, problems);
  }

  private ToolCall showable(String id, String json, Purchase purchase) {
    return messages
        .refusal(purchase)
        .<ToolCall>map(refusal ->
            new InvalidCall(
                id,
                NAME,
                json,
                refusal.toolResult(),
                purchase.summary() + ": " + refusal.sentence()))
        .orElseGet(() -> new BuyCall(id, purchase));
  }

  private static InvalidCall invalid(String id, String arguments, String problem) {
    return new InvalidCall(
        id,
        NAME,
        arguments,
        "Nothing was bought. " + problem + " Call the tool again with valid arguments, or ask.");
  }
}
