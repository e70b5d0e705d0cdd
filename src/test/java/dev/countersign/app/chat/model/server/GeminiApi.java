package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's own API, which gateways translate to. A call of the turn under way must come back with
 * the signature that it came with; what Google lets stand for one is refused too, so that none is
 * lost on the way.
 */
public final class GeminiApi implements ServerKind {
  /** By which it is called. */
  public static final String MODEL = "gemini-3-flash-preview";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String SIGNATURE = "EjQKMgEdCw";

  /** Google takes its names in both spellings; LiteLLM's proxy sends them in this one. */
  private static final String CALL = "function_call";

  private static final String RESULT = "function_response";

  private final AtomicInteger answers = new AtomicInteger();

  @Override
  public String path() {
    return "/v1beta";
  }

  @Override
  public String target() {
    return path() + "/models/" + MODEL + ":generateContent";
  }

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    List<JsonNode> contents = new ArrayList<>();
    request.body().path("contents").forEach(contents::add);
    if (contents.isEmpty() || !isOfTheUser(contents.getLast())) {
      return invalid("Please ensure that the request ends with a user turn.");
    }
    boolean isPast = false;
    for (int i = contents.size() - 1; i >= 0; i--) {
      if (!parts(contents.get(i), CALL).isEmpty()) {
        Refusal refusal = refusalOfCalls(contents, i, isPast);
        if (refusal != null) {
          return refusal;
        }
      }
      isPast |= isOfTheUser(contents.get(i)) && !parts(contents.get(i), "text").isEmpty();
    }
    return null;
  }

  /**
   * What is amiss with calls.
   *
   * @param at their place in the contents, the last of which is the user's
   * @param isPast whether the user has spoken since
   */
  private static @Nullable Refusal refusalOfCalls(List<JsonNode> contents, int at, boolean isPast) {
    if (at == 0 || !isOfTheUser(contents.get(at - 1))) {
      return invalid(
          "Please ensure that function call turn comes immediately after a user turn or after a"
              + " function response turn.");
    }
    List<JsonNode> calls = parts(contents.get(at), CALL);
    if (parts(contents.get(at + 1), RESULT).size() != calls.size()) {
      return invalid(
          "Please ensure that the number of function response parts is equal to the number of"
              + " function call parts of the function call turn.");
    }
    boolean isSigned = isSignature(calls.getFirst().path("thoughtSignature").asText());
    return isPast || isSigned
        ? null
        : invalid(
            "Function call is missing a thought_signature in functionCall parts. This is required"
                + " for tools to work correctly.");
  }

  /** Whether this is one of those that it has sent. */
  public static boolean isSignature(String signature) {
    return signature.startsWith(SIGNATURE);
  }

  private static boolean isOfTheUser(JsonNode content) {
    return content.path("role").asText().equals("user");
  }

  private static List<JsonNode> parts(JsonNode content, String member) {
    List<JsonNode> parts = new ArrayList<>();
    for (JsonNode part : content.path("parts")) {
      if (part.has(member)) {
        parts.add(part);
      }
    }
    return parts;
  }

  private static Refusal invalid(String message) {
    ObjectNode body = NODES.objectNode();
    body.putObject("error")
        .put("code", 400)
        .put("message", message)
        .put("status", "INVALID_ARGUMENT");
    return new Refusal(400, body.toString());
  }

  @Override
  public WireRequest understood(WireRequest request) {
    ObjectNode understood = NODES.objectNode();
    ArrayNode messages = understood.putArray("messages");
    messages.addObject().put("role", "system").put("content", "");
    request.body().path("contents").forEach(content -> add(content, messages));
    understood.set("tools", request.body().at("/tools/0/function_declarations"));
    JsonNode mode = request.body().at("/toolConfig/functionCallingConfig/mode");
    understood.put("tool_choice", mode.asText().equals("NONE") ? "none" : "auto");
    return new WireRequest(understood);
  }

  private static void add(JsonNode content, ArrayNode messages) {
    for (JsonNode part : content.path("parts")) {
      if (part.has(RESULT)) {
        JsonNode response = part.path(RESULT).path("response");
        String words = response.path("content").asText(response.toString());
        messages.addObject().put("role", "tool").put("content", words);
      } else {
        ObjectNode message = messages.addObject();
        message.put("role", isOfTheUser(content) ? "user" : "assistant");
        message.put("content", part.path("text").asText());
        if (part.has(CALL)) {
          message.putArray("tool_calls").addObject();
        }
      }
    }
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    ObjectNode body = NODES.objectNode().put("modelVersion", MODEL).put("responseId", "r" + number);
    ObjectNode candidate = body.putArray("candidates").addObject();
    candidate.put("finishReason", "STOP").put("index", 0);
    ObjectNode part =
        candidate.putObject("content").put("role", "model").putArray("parts").addObject();
    switch (thought) {
      case Thought.Words(var text) -> part.put("text", text);
      case Thought.Call(var tool, var arguments) ->
          part.putObject("functionCall").put("name", tool).set("args", arguments);
    }
    part.put("thoughtSignature", SIGNATURE + "%04d==".formatted(number));
    body.putObject("usageMetadata")
        .put("promptTokenCount", 40)
        .put("candidatesTokenCount", 2)
        .put("totalTokenCount", 42);
    return new Completion(body);
  }
}
