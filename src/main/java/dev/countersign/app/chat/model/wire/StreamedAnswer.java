package dev.countersign.app.chat.model.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a streamed chat completion, put together to the answer that would have come whole.
 * Servers don't agree on how a call is streamed: in pieces by its index (OpenAI), whole with an
 * index of its own (Mistral), or whole and always with the index 0 (Ollama, Gemini).
 */
final class StreamedAnswer {
  private static final String CONTENT = "content";
  private static final String TOOL_CALLS = "tool_calls";
  private static final String FUNCTION = "function";
  private static final String ARGUMENTS = "arguments";
  private static final String INDEX = "index";
  private static final String REASON = "finish_reason";
  private static final String USAGE = "usage";
  private static final String ERROR = "error";

  private final ObjectNode answer = Wire.JSON.createObjectNode();
  private final ObjectNode choice = answer.putArray("choices").addObject();
  private final ObjectNode message = choice.putObject("message");
  private @Nullable ObjectNode error;
  private boolean isBegun;

  /**
   * Adds a chunk.
   *
   * @return the words that came with it; empty: none
   */
  String add(JsonNode chunk) {
    JsonNode trouble = trouble(chunk);
    if (isGiven(trouble)) {
      error = Wire.JSON.createObjectNode();
      error.set(ERROR, trouble);
      return "";
    }
    for (String member : new String[] {"id", "model"}) {
      if (chunk.path(member).isTextual()) {
        answer.set(member, chunk.path(member));
      }
    }
    JsonNode usage =
        isGiven(chunk.path(USAGE)) ? chunk.path(USAGE) : chunk.path("x_groq").path(USAGE);
    if (usage.isObject()) {
      answer.set(USAGE, usage);
    }
    JsonNode first = chunk.path("choices").path(0);
    if (isGiven(first.path(ERROR))) {
      choice.set(ERROR, first.path(ERROR));
    }
    if (!first.path(REASON).asText("").isEmpty() && isGiven(first.path(REASON))) {
      choice.set(REASON, first.path(REASON));
    }
    JsonNode delta = first.path("delta");
    boolean isRepeated = isBegun && !delta.isObject(); // some end with the whole of it
    JsonNode added = delta.isObject() || isRepeated ? delta : first.path("message");
    isBegun |= added.isObject();
    return addDelta(added);
  }

  /** DeepInfra says in members of its own what is wrong. */
  private static JsonNode trouble(JsonNode chunk) {
    JsonNode words = chunk.path("error_message");
    if (!words.isTextual() || isGiven(chunk.path(ERROR))) {
      return chunk.path(ERROR);
    }
    return Wire.JSON
        .createObjectNode()
        .<ObjectNode>set("message", words)
        .set("type", chunk.path("error_type"));
  }

  /** Whether it has said why it ends. */
  boolean isEnded() {
    return choice.has(REASON) || error != null;
  }

  /** Whether a message, or an error, has come. */
  boolean isAnything() {
    return isBegun || isEnded();
  }

  /** Whether it has ended well, with neither words nor calls. */
  boolean isEmpty() {
    return error == null
        && choice.path(REASON).asText().equals("stop")
        && message.path(CONTENT).asText().isBlank()
        && message.path(TOOL_CALLS).isEmpty()
        && !message.has("function_call")
        && !message.has("refusal");
  }

  /** Whether the arguments of its calls came to what can be read, or were cut off. */
  boolean hasReadableCalls() {
    if (choice.path(REASON).asText().equals("length")) {
      return true;
    }
    for (JsonNode call : message.path(TOOL_CALLS)) {
      String arguments = call.path(FUNCTION).path(ARGUMENTS).asText();
      if (!arguments.isBlank() && !isJson(arguments)) {
        return false;
      }
    }
    return true;
  }

  /** The answer as it would have come whole. */
  String toJson() {
    return (error == null ? answer : error).toString();
  }

  private String addDelta(JsonNode delta) {
    String words = "";
    for (Map.Entry<String, JsonNode> member : delta.properties()) {
      JsonNode value = member.getValue();
      switch (member.getKey()) {
        case "role" -> message.set("role", value);
        case CONTENT -> {
          words = WireAnswer.text(value);
          if (words != null) {
            message.put(CONTENT, message.path(CONTENT).asText() + words);
          }
        }
        case TOOL_CALLS -> (value.isObject() ? answers(value) : value).forEach(this::addCall);
        case "function_call" -> addFunction(objectIn(message, "function_call"), value);
        default -> append(message, member.getKey(), value);
      }
    }
    return words == null ? "" : words;
  }

  private static ArrayNode answers(JsonNode one) {
    return Wire.JSON.createArrayNode().add(one);
  }

  private void addCall(JsonNode piece) {
    ArrayNode calls = arrayIn(message, TOOL_CALLS);
    ObjectNode call = callOf(piece, calls);
    for (Map.Entry<String, JsonNode> member : piece.properties()) {
      JsonNode value = member.getValue();
      switch (member.getKey()) {
        case FUNCTION -> addFunction(objectIn(call, FUNCTION), value);
        case "id", "type", INDEX -> {
          if (isGiven(value) && !value.asText().isEmpty()) {
            call.set(member.getKey(), value);
          }
        }
        default -> append(call, member.getKey(), value);
      }
    }
  }

  /** The call that a piece belongs to: a new one where it can be no part of one that is there. */
  private static ObjectNode callOf(JsonNode piece, ArrayNode calls) {
    for (int i = calls.size() - 1; i >= 0; i--) {
      boolean isLast = i == calls.size() - 1;
      if (calls.get(i) instanceof ObjectNode call
          && isOfItsPlace(piece, call, isLast)
          && !isAnother(piece, call)) {
        return call;
      }
    }
    return calls.addObject();
  }

  private static boolean isOfItsPlace(JsonNode piece, JsonNode call, boolean isLast) {
    String id = piece.path("id").asText();
    if (!id.isEmpty() && id.equals(call.path("id").asText())) {
      return true;
    }
    boolean areNumbered = piece.has(INDEX) && call.has(INDEX);
    return areNumbered ? piece.path(INDEX).equals(call.path(INDEX)) : isLast;
  }

  private static boolean isAnother(JsonNode piece, JsonNode call) {
    if (piece.path(FUNCTION).path("name").asText().isEmpty()) {
      return false;
    }
    String id = piece.path("id").asText();
    return id.isEmpty()
        ? isJson(call.path(FUNCTION).path(ARGUMENTS).asText())
        : !id.equals(call.path("id").asText()) && !call.path("id").asText().isEmpty();
  }

  /** A name comes once, and from some servers with each piece again. */
  private static void addFunction(ObjectNode function, JsonNode piece) {
    for (Map.Entry<String, JsonNode> member : piece.properties()) {
      JsonNode value = member.getValue();
      if (member.getKey().equals("name")) {
        if (!value.asText().isEmpty()) {
          function.set("name", value);
        }
      } else if (member.getKey().equals(ARGUMENTS) && value.isContainerNode()) {
        function.put(ARGUMENTS, value.toString());
      } else {
        append(function, member.getKey(), value);
      }
    }
  }

  /** Texts go on, lists get longer, and whatever else comes stands for what came before. */
  private static void append(ObjectNode object, String name, JsonNode value) {
    JsonNode before = object.path(name);
    if (!isGiven(value)) {
      return;
    }
    if (before.isTextual() && value.isTextual()) {
      object.put(name, before.asText() + value.asText());
    } else if (before instanceof ArrayNode list && value.isArray()) {
      value.forEach(item -> addItem(list, item));
    } else if (before instanceof ObjectNode whole && value.isObject()) {
      value.properties().forEach(each -> append(whole, each.getKey(), each.getValue()));
    } else {
      object.set(name, value.deepCopy());
    }
  }

  /** Pieces of a list's item name its place: so OpenRouter streams {@code reasoning_details}. */
  private static void addItem(ArrayNode list, JsonNode item) {
    for (JsonNode before : list) {
      if (before instanceof ObjectNode there
          && item.has(INDEX)
          && item.path(INDEX).equals(there.path(INDEX))
          && item.path("type").equals(there.path("type"))) {
        item.properties()
            .forEach(each -> {
              switch (each.getKey()) {
                case "text", "summary", "data" -> append(there, each.getKey(), each.getValue());
                default -> {
                  if (isGiven(each.getValue())) {
                    there.set(each.getKey(), each.getValue());
                  }
                }
              }
            });
        return;
      }
    }
    list.add(item.deepCopy());
  }

  private static ObjectNode objectIn(ObjectNode object, String name) {
    return object.path(name) instanceof ObjectNode there ? there : object.putObject(name);
  }

  private static ArrayNode arrayIn(ObjectNode object, String name) {
    return object.path(name) instanceof ArrayNode there ? there : object.putArray(name);
  }

  private static boolean isGiven(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }

  private static boolean isJson(String text) {
    try {
      return Wire.read(text).isContainerNode();
    } catch (JsonProcessingException _) {
      return false;
    }
  }
}
