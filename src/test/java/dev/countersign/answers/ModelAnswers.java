package dev.countersign.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a model's server answers: as it should, or else; whole, or as a stream of events. */
public final class ModelAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> REASONS =
      List.of(
          "stop",
          "stop",
          "stop",
          "tool_calls",
          "length",
          "content_filter",
          "error",
          "MALFORMED_FUNCTION_CALL",
          "SAFETY",
          "eos",
          "",
          "function_call");

  private static final List<String> TOOLS =
      List.of(
          "shop_online",
          "shop_online",
          "list_requests",
          "cancel_request",
          "shop-online",
          "functions.shop_online",
          "no_such_tool",
          "",
          "a b",
          "shop_online\u0000");

  private static final List<String> ARGUMENTS =
      List.of(
          "{\"product\":\"lamp\",\"qty\":1}",
          "{\"product\":\"lamp\",\"qty\":1,\"priceLimit\":5.50}",
          "{\"product\":\"lamp\",\"qty\":-1}",
          "{\"product\":\"lamp\",\"qty\":1e3}",
          "{\"product\":\"lamp\",\"qty\":1E+999999999}",
          "{\"product\":\"lamp\",\"qty\":\"1\"}",
          "{\"product\":\"lamp\",\"qty\":1.0}",
          "{\"product\":\"lamp\",\"qty\":99999999999999999999}",
          "{\"product\":\"lamp\",\"qty\":1,\"priceLimit\":1E+999999999}",
          "{\"product\":\"lamp\",\"qty\":1,\"priceLimit\":1E-999999999}",
          "{\"product\":\"lamp\",\"qty\":1,\"priceLimit\":\"5,50\"}",
          "{\"product\":null,\"qty\":null}",
          "{\"product\":[\"lamp\"],\"qty\":{}}",
          "{\"product\":\"lamp\",\"product\":\"car\",\"qty\":1}",
          "{\"product\":\"\\ud800\",\"qty\":1}",
          "{\"product\":\"a\\u0000b\",\"qty\":1}",
          "{\"product\":\"\",\"qty\":1}",
          "{\"status\":\"pending\"}",
          "{\"status\":\"DONE\"}",
          "{\"status\":7}",
          "{\"request\":\"1\"}",
          "{\"request\":\"\\u202e\"}",
          "{\"request\":{\"a\":1}}",
          "{}",
          "",
          "null",
          "[]",
          "\"{\\\"product\\\":\\\"lamp\\\",\\\"qty\\\":1}\"",
          "{\"product\":\"lamp\",",
          "{\"product\":\"lamp\",\"qty\":1}}",
          "product=lamp");

  private static final List<String> ERRORS =
      List.of(
          "{\"error\":{\"message\":\"Overloaded\",\"type\":\"overloaded_error\"}}",
          "{\"error\":{\"message\":\"context_length_exceeded\",\"code\":\"context_length_exceeded\"}}",
          "{\"error\":{\"message\":\"Incorrect API key\",\"code\":\"invalid_api_key\"}}",
          "{\"error\":{\"message\":\"You exceeded your current quota\",\"code\":\"insufficient_quota\"}}",
          "{\"error\":{\"message\":\"retry in 99999s\",\"code\":429}}",
          "{\"error\":{\"message\":\"retry in 1.5s\",\"details\":[{\"retryDelay\":\"1.5s\"}]}}",
          "{\"error\":{\"message\":\"stream is not supported\"}}",
          "{\"error\":{\"message\":\"stream_options is not supported\"}}",
          "{\"error\":{\"message\":\"tool_choice none is not supported\"}}",
          "{\"error\":{\"code\":1e400}}",
          "{\"error\":{\"code\":\"503\"}}",
          "{\"error\":\"no\"}",
          "{\"error\":null}",
          "{\"error\":[]}",
          "{\"error\":{\"metadata\":{\"raw\":\"{\\\"error\\\":{\\\"message\\\":\\\"no\\\"}}\"}}}",
          "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"no\",\"type\":\"a\"}]}",
          "{\"object\":\"error\",\"message\":\"no\",\"code\":40303}");

  private final Dice dice;
  private final OddText texts;
  private final OddJson json;
  private final OddWire wire;

  /**
   * By these dice.
   *
   * @param slow how long a pause is for which nobody shall wait
   */
  public ModelAnswers(Dice dice, Duration slow) {
    this.dice = dice;
    texts = new OddText(dice);
    json = new OddJson(dice);
    wire = new OddWire(dice, slow);
  }

  /** As it should be: these words. */
  public static RawAnswer says(String words) {
    ObjectNode message = JSON.createObjectNode().put("role", "assistant").put("content", words);
    return OddWire.plain(200, "application/json", completion(message, "stop").toString());
  }

  /**
   * Any of them.
   *
   * @param asked the request, which may ask for a stream
   * @param echo what an error may repeat
   */
  public RawAnswer any(Asked asked, String echo) {
    boolean streams = asked.body().contains("\"stream\":true") != dice.oneIn(10);
    return switch (dice.below(6)) {
      case 0 -> error(echo);
      case 1 -> sent(200, "application/json", dice.oneOf(ERRORS));
      default -> streams ? stream() : whole();
    };
  }

  private RawAnswer error(String echo) {
    int status =
        dice.oneOf(400, 401, 402, 403, 404, 405, 408, 409, 413, 422, 429, 500, 501, 502, 503, 529);
    return switch (dice.below(4)) {
      case 0 -> {
        ObjectNode error = JSON.createObjectNode();
        error.putObject("error").put("message", "Not with " + echo).put("type", texts.brief());
        yield sent(status, "application/json", error.toString());
      }
      case 1 -> sent(status, "application/json", json.of(tree(dice.oneOf(ERRORS))));
      case 2 -> sent(status, "text/plain", texts.any());
      default -> sent(status, "application/json", dice.oneOf(ERRORS));
    };
  }

  private RawAnswer sent(int status, String type, String text) {
    return dice.oneIn(2) ? OddWire.plain(status, type, text) : wire.any(status, type, text);
  }

  private RawAnswer whole() {
    ObjectNode completion = completion(message(), dice.oneOf(REASONS));
    String text = dice.oneIn(2) ? json.of(completion) : json.plain(completion);
    return sent(200, "application/json", text);
  }

  private ObjectNode message() {
    ObjectNode message = JSON.createObjectNode().put("role", "assistant");
    switch (dice.below(6)) {
      case 0 -> message.putNull("content");
      case 1 -> message.putArray("content").addObject().put("type", "text").put("text", words());
      case 2 -> {}
      default -> message.put("content", words());
    }
    if (dice.oneIn(2)) {
      calls(message.putArray("tool_calls"));
    }
    switch (dice.below(8)) {
      case 0 -> message.put("reasoning_content", words());
      case 1 -> message.put("refusal", words());
      case 2 ->
          message
              .putObject("function_call")
              .put("name", dice.oneOf(TOOLS))
              .put("arguments", arguments());
      case 3 -> message.putObject("provider_specific_fields").put(texts.brief(), texts.brief());
      case 4 -> message.putArray("reasoning_details").addObject().put("text", words());
      default -> {}
    }
    return message;
  }

  private String words() {
    return switch (dice.below(4)) {
      case 0 -> "A lamp costs 5.";
      case 1 -> texts.repeated(1 + dice.below(dice.oneIn(10) ? 500_000 : 20_000));
      default -> texts.any();
    };
  }

  private String arguments() {
    return switch (dice.below(8)) {
      case 0 -> json.of(tree(dice.oneOf(ARGUMENTS.get(0), ARGUMENTS.get(1))));
      case 1 -> json.value();
      case 2 -> "{\"product\":" + json.quoted(texts.brief()) + ",\"qty\":1}";
      default -> dice.oneOf(ARGUMENTS);
    };
  }

  private void calls(ArrayNode calls) {
    int many = dice.oneIn(20) ? dice.below(300) : 1 + dice.below(4);
    for (int i = 0; i < many; i++) {
      ObjectNode call = calls.addObject();
      switch (dice.below(5)) {
        case 0 -> {}
        case 1 -> call.put("id", texts.brief());
        case 2 -> call.put("id", "a");
        default -> call.put("id", "call_" + i);
      }
      call.put("type", "function");
      ObjectNode function = call.putObject("function").put("name", dice.oneOf(TOOLS));
      if (dice.oneIn(8)) {
        function.putObject("arguments").put("product", "lamp").put("qty", 1);
      } else {
        function.put("arguments", arguments());
      }
    }
  }

  private static ObjectNode completion(JsonNode message, String reason) {
    ObjectNode body = JSON.createObjectNode().put("id", "a").put("object", "chat.completion");
    body.put("created", 1).put("model", "small");
    body.putArray("choices")
        .addObject()
        .put("index", 0)
        .put("finish_reason", reason)
        .set("message", message);
    body.putObject("usage")
        .put("prompt_tokens", 1)
        .put("completion_tokens", 1)
        .put("total_tokens", 2);
    return body;
  }

  private RawAnswer stream() {
    String newline = dice.oneOf("\n", "\n", "\n", "\r\n", "\r");
    StringBuilder events = new StringBuilder();
    List<ObjectNode> chunks = chunks();
    for (ObjectNode chunk : chunks) {
      if (dice.oneIn(12)) {
        events.append(dice.oneOf(": ping", "event: message", "id: 1", "retry: 1", "", "a", "data"));
        events.append(newline);
        events.append(dice.oneIn(2) ? newline : "");
      }
      String text = dice.oneIn(12) ? json.of(chunk) : chunk.toString();
      if (dice.oneIn(20)) {
        int at = dice.below(text.length());
        text = text.substring(0, at) + newline + "data: " + text.substring(at);
      }
      events.append(dice.oneIn(12) ? "data:" : "data: ").append(text).append(newline);
      events.append(dice.oneIn(15) ? "" : newline);
    }
    if (!dice.oneIn(5)) {
      events.append("data: [DONE]").append(newline).append(newline);
    }
    if (dice.oneIn(10)) {
      events.append("data: ").append(json.value()).append(newline);
    }
    if (dice.oneIn(10)) {
      events.append("event: error\ndata: ").append(dice.oneOf(ERRORS)).append(newline);
    }
    return sent(200, "text/event-stream", events.toString());
  }

  private List<ObjectNode> chunks() {
    List<ObjectNode> chunks = new ArrayList<>();
    ObjectNode message = message();
    for (var member : message.properties()) {
      JsonNode value = member.getValue();
      if (value.isTextual() && !member.getKey().equals("role")) {
        String text = value.textValue();
        int pieces = 1 + dice.below(8);
        for (int i = 0; i < pieces; i++) {
          int from = (int) ((long) text.length() * i / pieces);
          int to = (int) ((long) text.length() * (i + 1) / pieces);
          chunks.add(chunk(delta().put(member.getKey(), text.substring(from, to))));
        }
      } else if (member.getKey().equals("tool_calls")) {
        value.forEach(call -> piecesOf(call, chunks));
      } else {
        ObjectNode delta = delta();
        delta.set(member.getKey(), value);
        chunks.add(chunk(delta));
      }
    }
    if (dice.oneIn(10)) {
      Collections.swap(chunks, 0, chunks.size() - 1);
    }
    ObjectNode last = chunk(delta());
    ((ObjectNode) last.path("choices").path(0)).put("finish_reason", dice.oneOf(REASONS));
    if (dice.oneIn(3)) {
      last.putObject("usage").put("prompt_tokens", 2_147_483_647).put("completion_tokens", 1);
    }
    if (!dice.oneIn(8)) {
      chunks.add(last);
    }
    if (dice.oneIn(8)) {
      ObjectNode usage = JSON.createObjectNode();
      usage.putArray("choices");
      usage.putObject("usage").put("prompt_tokens", -1).put("completion_tokens", 1e12);
      chunks.add(usage);
    }
    return chunks;
  }

  private void piecesOf(JsonNode call, List<ObjectNode> chunks) {
    int index = dice.oneOf(0, 0, 1, 7, -1);
    String arguments = call.path("function").path("arguments").asText();
    int at = dice.below(arguments.length() + 1);
    ObjectNode first = call.deepCopy();
    first.put("index", index);
    ((ObjectNode) first.path("function")).put("arguments", arguments.substring(0, at));
    ObjectNode rest = JSON.createObjectNode().put("index", index);
    rest.putObject("function").put("arguments", arguments.substring(at));
    for (ObjectNode piece : List.of(first, rest)) {
      if (dice.oneIn(20)) {
        piece.remove("index");
      }
      ObjectNode delta = delta();
      delta.putArray("tool_calls").add(piece);
      chunks.add(chunk(delta));
    }
  }

  private static ObjectNode delta() {
    return JSON.createObjectNode();
  }

  private static ObjectNode chunk(ObjectNode delta) {
    ObjectNode chunk = JSON.createObjectNode().put("id", "a").put("model", "small");
    chunk.putArray("choices").addObject().put("index", 0).set("delta", delta);
    return chunk;
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
