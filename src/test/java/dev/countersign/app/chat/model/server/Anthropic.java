package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's own Messages API, which gateways translate to. Calls and results are blocks of a
 * message's content, and each result stands in the message after its call.
 */
public final class Anthropic implements ServerKind {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final AtomicInteger answers = new AtomicInteger();

  @Override
  public String path() {
    return "/anthropic";
  }

  @Override
  public String target() {
    return path() + "/v1/messages";
  }

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    if (!request.body().path("max_tokens").isInt()) {
      return invalid("max_tokens: Field required");
    }
    for (JsonNode message : request.body().path("messages")) {
      Refusal refusal = refusal(message);
      if (refusal != null) {
        return refusal;
      }
    }
    WireRequest understood = understood(request);
    if (understood.hasCalls() && !request.declaresTools()) {
      return invalid(
          "Requests which include `tool_use` or `tool_result` blocks must define tools.");
    }
    return new CallsAndResults(understood.messages()).fault().map(Anthropic::refusal).orElse(null);
  }

  private static @Nullable Refusal refusal(JsonNode message) {
    String role = message.path("role").asText();
    if (!role.equals("user") && !role.equals("assistant")) {
      return invalid("messages.0.role: Input should be 'user' or 'assistant'");
    }
    for (JsonNode block : blocks(message)) {
      if (block.path("type").asText().equals("text") && block.path("text").asText().isEmpty()) {
        return invalid("messages: text content blocks must be non-empty");
      }
      if (block.has("id") && !block.path("id").asText().matches("[a-zA-Z0-9_-]+")) {
        return invalid(
            "messages.0.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'");
      }
    }
    return null;
  }

  private static Refusal refusal(CallsAndResults.Fault fault) {
    return fault.ids().isEmpty()
        ? invalid(
            "messages.0.content.0: unexpected `tool_use_id` found in `tool_result` blocks: %s. Each"
                    .formatted(fault.message().callId())
                + " `tool_result` block must have a corresponding `tool_use` block in the previous"
                + " message.")
        : invalid(
            "messages.0: `tool_use` ids were found without `tool_result` blocks immediately after:"
                + " %s. Each `tool_use` block must have a corresponding `tool_result` block in the"
                    .formatted(String.join(", ", fault.ids()))
                + " next message.");
  }

  /** Its content, which may also be one text. */
  private static Iterable<JsonNode> blocks(JsonNode message) {
    JsonNode content = message.path("content");
    return content.isTextual()
        ? List.of(NODES.objectNode().put("type", "text").set("text", content))
        : content;
  }

  private static Refusal invalid(String message) {
    ObjectNode body = NODES.objectNode().put("type", "error");
    body.putObject("error").put("type", "invalid_request_error").put("message", message);
    return new Refusal(400, body.put("request_id", "req_1").toString());
  }

  @Override
  public WireRequest understood(WireRequest request) {
    ObjectNode understood = NODES.objectNode();
    ArrayNode messages = understood.putArray("messages");
    messages.addObject().put("role", "system").put("content", "");
    request.body().path("messages").forEach(message -> add(message, messages));
    understood.set("tools", request.body().path("tools"));
    understood.put("tool_choice", request.body().at("/tool_choice/type").asText());
    return new WireRequest(understood);
  }

  /** One message for each result, and one for all else. */
  private static void add(JsonNode message, ArrayNode messages) {
    ObjectNode other = NODES.objectNode();
    other.set("role", message.path("role"));
    StringBuilder text = new StringBuilder();
    for (JsonNode block : blocks(message)) {
      switch (block.path("type").asText()) {
        case "tool_result" ->
            messages
                .addObject()
                .put("role", "tool")
                .put("content", words(block))
                .set("tool_call_id", block.path("tool_use_id"));
        case "tool_use" -> other.withArray("tool_calls").addObject().set("id", block.path("id"));
        default -> text.append(block.path("text").asText());
      }
    }
    if (!text.isEmpty() || other.has("tool_calls")) {
      messages.add(other.put("content", text.toString()));
    }
  }

  private static String words(JsonNode result) {
    StringBuilder words = new StringBuilder();
    blocks(result).forEach(block -> words.append(block.path("text").asText()));
    return words.toString();
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    ObjectNode body =
        NODES
            .objectNode()
            .put("id", "msg_01%022d".formatted(number))
            .put("type", "message")
            .put("role", "assistant")
            .put("model", "a-model");
    ObjectNode block = body.putArray("content").addObject();
    switch (thought) {
      case Thought.Words(var text) -> {
        block.put("type", "text").put("text", text);
        body.put("stop_reason", "end_turn");
      }
      case Thought.Call(var tool, var arguments) -> {
        block
            .put("type", "tool_use")
            .put("id", "toolu_01%022d".formatted(number))
            .put("name", tool)
            .set("input", arguments);
        body.put("stop_reason", "tool_use");
      }
    }
    body.putNull("stop_sequence");
    body.putObject("usage").put("input_tokens", 40).put("output_tokens", 2);
    return new Completion(body);
  }
}
