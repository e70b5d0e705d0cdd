package dev.countersign.app.chat.model.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a chat completion, read as servers write it and written as LangChain4j reads it:
 * what may be an object or its text, may be missing or may be in another place, is put right.
 */
final class WireAnswer {
  private static final String FILTERED = "content_filter";

  /** Reasons to end that are none of the model's. */
  private static final Set<String> FAILED =
      Set.of("error", "network_error", "insufficient_system_resource");

  private static final Set<String> BLOCKED =
      Set.of("safety", "sensitive", "recitation", "blocklist", "prohibited_content", "spii");

  /** Of one answer or what it was asked with; whoever counts more miscounts, and sums overflow. */
  private static final int MOST_TOKENS = 20_000_000;

  private static final int BAD_REQUEST = 400;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int BAD_GATEWAY = 502;
  private static final int UNAVAILABLE = 503;
  private static final int LEAST_ERROR = 400;
  private static final int MOST_ERROR = 599;

  private final JsonNode answer;

  private WireAnswer(JsonNode answer) {
    this.answer = answer;
  }

  /** Of a body with a status of success; empty: it is no such answer. */
  static @Nullable WireAnswer of(String body) {
    try {
      JsonNode answer = Wire.read(body);
      return answer.isObject() ? new WireAnswer(answer) : null;
    } catch (JsonProcessingException _) {
      return null;
    }
  }

  /** Whether a body is the beginning of JSON. */
  static boolean isBrokenOff(String body) {
    try {
      Wire.read(body);
      return false;
    } catch (JsonEOFException _) {
      return true;
    } catch (JsonProcessingException _) {
      return false;
    }
  }

  /**
   * The status that the server meant: gateways pass errors on with a status of success; 0: none.
   */
  int errorStatus() {
    JsonNode choice = answer.path("choices").path(0);
    if (choice.path("error").isObject()) {
      return status(choice.path("error"), BAD_GATEWAY);
    }
    String reason = choice.path("finish_reason").asText().toLowerCase(Locale.ROOT);
    if (FAILED.contains(reason) || reason.contains("malformed_function_call")) {
      return BAD_GATEWAY;
    }
    JsonNode error = answer.path("error");
    boolean isError = !error.isMissingNode() && !error.isNull() && !message().isObject();
    return isError ? status(error, BAD_REQUEST) : 0;
  }

  private static int status(JsonNode error, int other) {
    for (String member : List.of("code", "status", "status_code")) {
      int code = error.path(member).asInt();
      if (LEAST_ERROR <= code && code <= MOST_ERROR) {
        return code;
      }
    }
    String words = ErrorWords.in(error).toLowerCase(Locale.ROOT);
    if (words.contains("rate_limit") || words.contains("rate limit")) {
      return TOO_MANY_REQUESTS;
    }
    return words.contains("overloaded")
            || words.contains("server_error")
            || words.contains("unavailable")
        ? UNAVAILABLE
        : other;
  }

  private JsonNode message() {
    return answer.path("choices").path(0).path("message");
  }

  /** OpenAI's models refuse in a member of its own. */
  private boolean isRefusal() {
    JsonNode refusal = message().path("refusal");
    return refusal.isTextual()
        && !refusal.asText().isEmpty()
        && text(message().path("content")) == null;
  }

  /** Whether it is an answer in which nothing is: another request may get more. */
  boolean isEmpty() {
    return answer.has("choices") && !isAnswer();
  }

  /** Whether it has a message, or says why it has none. */
  boolean isAnswer() {
    return message().isObject() || finishReason().equals(FILTERED);
  }

  private String finishReason() {
    String reason =
        answer.path("choices").path(0).path("finish_reason").asText().toLowerCase(Locale.ROOT);
    if (reason.startsWith(FILTERED) || BLOCKED.contains(reason) || isRefusal()) {
      return FILTERED;
    }
    return switch (reason) {
      case "length", "max_tokens", "max_output_tokens", "model_length" -> "length";
      default -> calls().isEmpty() ? "stop" : "tool_calls";
    };
  }

  /** What is its server's own in it; null: nothing. */
  @Nullable String extras() {
    return Extras.of(LiteLlmMembers.unfolded(message()), calls());
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
    if (isCount(usage.path("prompt_tokens")) && isCount(usage.path("completion_tokens"))) {
      int input = usage.path("prompt_tokens").asInt();
      int output = usage.path("completion_tokens").asInt();
      json.putObject("usage")
          .put("prompt_tokens", input)
          .put("completion_tokens", output)
          // more than both where thoughts are counted there alone
          .put("total_tokens", Math.max(input + output, usage.path("total_tokens").asInt()));
    }
  }

  private static boolean isCount(JsonNode tokens) {
    return tokens.isNumber() && tokens.asDouble() >= 0 && tokens.asDouble() <= MOST_TOKENS;
  }

  /** A text, or the texts of an array of parts; thoughts among them are none. */
  static @Nullable String text(JsonNode content) {
    if (content.isArray()) {
      StringBuilder text = new StringBuilder();
      for (JsonNode part : content) {
        String type = part.path("type").asText();
        if (part.isTextual()) {
          text.append(part.asText());
        } else if (type.isEmpty() || type.equals("text") || type.equals("output_text")) {
          text.append(part.path("text").asText());
        }
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
