package dev.countersign.app.chat.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Members of a model's message that are its server's own, such as {@code reasoning_content}
 * (DeepSeek) or {@code extra_content} with a thought signature (Gemini): these servers refuse the
 * next request without them.
 */
final class Extras {
  private static final String MESSAGE = "message";
  private static final String CALLS = "calls";
  private static final String FUNCTION = "function";

  private static final Set<String> OF_A_MESSAGE =
      Set.of(
          "role",
          "content",
          "tool_calls",
          "function_call",
          "refusal",
          "annotations",
          "audio",
          "name");
  private static final Set<String> OF_A_CALL = Set.of("id", "type", "index", FUNCTION);
  private static final Set<String> OF_A_FUNCTION = Set.of("name", "arguments");

  private Extras() {}

  /**
   * What is a server's own in an answer.
   *
   * @param calls of the message
   * @return a JSON object; null: there is nothing
   */
  static @Nullable String of(JsonNode message, Iterable<JsonNode> calls) {
    ObjectNode extras = Wire.JSON.createObjectNode();
    extras.set(MESSAGE, others(message, OF_A_MESSAGE));
    ArrayNode ofCalls = extras.putArray(CALLS);
    boolean isAny = !extras.path(MESSAGE).isEmpty();
    for (JsonNode call : calls) {
      ObjectNode ofCall = others(call, OF_A_CALL);
      ObjectNode ofFunction = others(call.path(FUNCTION), OF_A_FUNCTION);
      if (!ofFunction.isEmpty()) {
        ofCall.set(FUNCTION, ofFunction);
      }
      isAny |= !ofCall.isEmpty();
      ofCalls.add(ofCall);
    }
    return isAny ? extras.toString() : null;
  }

  private static ObjectNode others(JsonNode object, Set<String> known) {
    ObjectNode others = Wire.JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode value = member.getValue();
      boolean isNothing = value.isNull() || (value.isContainerNode() && value.isEmpty());
      if (!isNothing && !known.contains(member.getKey())) {
        others.set(member.getKey(), value);
      }
    }
    return others;
  }

  /** Puts them back into the message that they came with. */
  static void add(JsonNode extras, ObjectNode message) {
    message.setAll(others(extras.path(MESSAGE), OF_A_MESSAGE));
    int i = 0;
    for (JsonNode each : message.path("tool_calls")) {
      JsonNode ofCall = extras.path(CALLS).path(i++);
      if (each instanceof ObjectNode call) {
        call.setAll(others(ofCall, OF_A_CALL));
        if (call.path(FUNCTION) instanceof ObjectNode function) {
          function.setAll(others(ofCall.path(FUNCTION), OF_A_FUNCTION));
        }
      }
    }
  }
}
