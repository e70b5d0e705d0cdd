package dev.countersign.app.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.ToolCall.BuyCall;
import dev.countersign.app.chat.ToolCall.CancelCall;
import dev.countersign.app.chat.ToolCall.InvalidCall;
import dev.countersign.app.chat.ToolCall.ListCall;
import dev.countersign.app.purchase.Purchase;
import java.util.Optional;

/** The arguments of tool calls as JSON, as the model writes and reads them. */
final class ToolArguments {
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final int MAX_ARGUMENTS = 4_000;

  /** As they are stored. */
  private static final int MAX_KEPT_BYTES = 2_000;

  private ToolArguments() {}

  /** Servers refuse a transcript whose arguments they can't parse, so only an object is kept. */
  static Optional<ObjectNode> object(String arguments) {
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

  /** What is kept of arguments that no call can be made of: nothing, if it were much. */
  static String kept(ObjectNode arguments) {
    String json = arguments.toString();
    return Stored.textBytes(json) <= MAX_KEPT_BYTES ? json : "{}";
  }

  /** Those of a call that was checked. */
  static String of(ToolCall call) {
    return switch (call) {
      case BuyCall(_, var purchase) -> of(purchase);
      case ListCall(_, var status) ->
          (status == null
                  ? JSON.createObjectNode()
                  : JSON.createObjectNode().put(ListPurchasesTool.STATUS, status))
              .toString();
      case CancelCall(_, var purchase) ->
          JSON.createObjectNode().put(CancelPurchaseTool.PURCHASE, purchase).toString();
      case InvalidCall invalid -> invalid.arguments();
    };
  }

  private static String of(Purchase purchase) {
    ObjectNode arguments =
        JSON.createObjectNode().put("product", purchase.product()).put("qty", purchase.qty());
    return (purchase.priceLimit() == null
            ? arguments
            : arguments.put("priceLimit", purchase.priceLimit()))
        .toString();
  }
}
