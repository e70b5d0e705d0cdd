package dev.countersign.app.chat.model.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a chat completion, read as servers write it and written as LangChain4j reads it:
 * what may be an object or its text, may be missing or may be in another place, is put right.
 */
final class WireAnswer {
  private static final String FILTERED = "content_filter";
  private static final int BAD_REQUEST = 400;
  private static final int LEAST_ERROR = 400;
  private static final int MOST_ERROR = 599;

  private final JsonNode answer;

  private WireAnswer(JsonNode answer) {
    this.answer = answer;
  }

  /** Of a body with a status of success; empty: it is no such answer. */
  static @Nullable WireAnswer of(String body) {
    try {
      JsonNode answer = Wire.JSON.readTree(body);
      return answer.isObject() ? new WireAnswer(answer) : null;
    } catch (JsonProcessingException _) {
      return null;
    }
  }

  /**
   * The status that the server meant: gateways pass errors on with a status of success; 0: none.
   */
  int errorStatus() {
    JsonNode error = error();
    if (error.isMissingNode()) {
      return 0;
    }
    for (String member : List.of("code", "status", "status_code")) {
      int code = error.path(member).asInt();
      if (LEAST_ERROR <= code && code <= MOST_ERROR) {
        return code;
      }
    }
    return BAD_REQUEST;
  }

  private JsonNode error() {
    for (JsonNode holder : List.of(answer, answer.path("choices").path(0))) {
      JsonNode error = holder.path("error");
      if (!error.isMissingNode() && !error.isNull() && !message().isObject()) {
        return error;
      }
    }
    return Wire.JSON.missingNode();
  }

  private JsonNode message() {
    return answer.path("choices").path(0).path("message");
  }

  /** Whether it has a message, or says why it has none. */
  boolean isAnswer() {
    return message().isObject() || finishReason().equals(FILTERED);
  }

  private String finishReason() {
    String reason =
        answer.path("choices").path(0).path("finish_reason").asText().toLowerCase(Locale.ROOT);
    if (reason.startsWith(FILTERED) || reason.equals("safety")) {
      return FILTERED;
    }
    return switch (reason) {
      case "length", "max_tokens", "max_output_tokens", "model_length" -> "length";
      default -> calls().isEmpty() ? "stop" : "tool_calls";
    };
  }

  /** What is its server's own in it; null: nothing. */
  @Nullable String extras() {
    return Extras.of(message(), calls());
  }

  /** The same for LangChain4j. */
  String toJson() {
    ObjectNode json = Wire.JSON.createObjectNode();
    json.put("id", answer.path("id").asText()).put("object", "chat.completion");
    json.put("model", answer.path("model").asText());
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice.put("finish_reason", finishReason());
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    message.put("content", text(message().path("content")));
    List<JsonNode> calls = calls();
    if (!calls.isEmpty()) {
      ArrayNode called = message.putArray("tool_calls");
      calls.forEach(call -> called.add(call(call)));
    }
    usage(json);
    return json.toString();
  }

  private void usage(ObjectNode json) {
    JsonNode usage = answer.path("usage");
    if (usage.path("prompt_tokens").isNumber() && usage.path("completion_tokens").isNumber()) {
      int input = usage.path("prompt_tokens").asInt();
      int output = usage.path("completion_tokens").asInt();
      json.putObject("usage")
          .put("prompt_tokens", input)
          .put("completion_tokens", output)
          .put("total_tokens", input + output);
    }
  }

  /** A text, or the texts of an array of parts; thoughts among them are none. */
  private static @Nullable String text(JsonNode content) {
    if (content.isArray()) {
      StringBuilder text = new StringBuilder();
      for (JsonNode part : content) {
        text.append(part.isTextual() ? part.asText() : part.path("text").asText());
      }
      return text.toString();
    }
    return content.isTextual() ? content.asText() : null;
  }

  private List<JsonNode> calls() {
    List<JsonNode> calls = new ArrayList<>();
    JsonNode message = message();
    JsonNode given = message.path("tool_calls");
    (given.isObject() ? List.of(given) : given).forEach(calls::add);
    if (calls.isEmpty() && message.path("function_call").isObject()) { // before tools there were
      calls.add(Wire.JSON.createObjectNode().set("function", message.path("function_call")));
    }
    return calls;
  }

  private static ObjectNode call(JsonNode given) {
    JsonNode function = given.path("function").isObject() ? given.path("function") : given;
    ObjectNode call = Wire.JSON.createObjectNode();
    call.put("id", given.path("id").asText()).put("type", "function");
    call.putObject("function")
        .put("name", function.path("name").asText())
        .put("arguments", arguments(function));
    return call;
  }

  private static String arguments(JsonNode function) {
    for (String member : List.of("arguments", "parameters", "input")) {
      JsonNode arguments = function.path(member);
      if (!arguments.isMissingNode() && !arguments.isNull()) {
        return arguments.isTextual() ? arguments.asText() : arguments.toString();
      }
    }
    return "";
  }
}
