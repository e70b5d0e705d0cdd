package dev.countersign.app.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.ToolCall.CancelCall;
import dev.countersign.app.chat.ToolCall.InvalidCall;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;

/** The tool {@code cancel_purchase}. */
final class CancelPurchaseTool implements Tool {
  static final String NAME = "cancel_purchase";
  static final String PURCHASE = "purchase";

  /** A whole purchase id has about 70. */
  private static final int MAX_REFERENCE = 200;

  @Override
  public ToolSpecification specification() {
    return ToolSpecification.builder()
        .name(NAME)
        .description("Cancel a purchase of the user's that is still pending")
        .parameters(
            JsonObjectSchema.builder()
                .addStringProperty(
                    PURCHASE,
                    "Which one: its purchase as "
                        + ListPurchasesTool.NAME
                        + " gives it, such as P-1A2B3C4D")
                .required(PURCHASE)
                .build())
        .build();
  }

  @Override
  public ToolCall check(String id, ObjectNode arguments) {
    JsonNode purchase = arguments.path(PURCHASE);
    String reference = purchase.isValueNode() ? purchase.asText().strip() : "";
    return purchase.isNull() || reference.isEmpty() || reference.length() > MAX_REFERENCE
        ? new InvalidCall(
            id,
            NAME,
            ToolArguments.kept(arguments),
            "Not cancelled: purchase must be the reference of one purchase, as "
                + ListPurchasesTool.NAME
                + " gives it.")
        : new CancelCall(id, reference);
  }
}
