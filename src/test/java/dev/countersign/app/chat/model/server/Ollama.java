package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Ollama, and what stands before it: ids that are missing or the same, arguments as an object. */
final class Ollama implements ServerKind {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger calls = new AtomicInteger();

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    for (WireMessage message : request.messages()) {
      if (!message.has("content") && !message.callsTools()) {
        return Refusal.openAi(
            400, "invalid_request_error", "", "invalid message content type: <nil>");
      }
      for (JsonNode call : message.calls()) {
        if (!isJsonObject(call.at("/function/arguments").asText())) {
          return Refusal.openAi(400, "invalid_request_error", "", "invalid tool call arguments");
        }
      }
    }
    return null;
  }

  private static boolean isJsonObject(String text) {
    try {
      return JSON.readTree(text).isObject();
    } catch (JsonProcessingException _) {
      return false;
    }
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    Completion answer = Completion.of("chatcmpl-417", "call_1", thought);
    answer.body().put("system_fingerprint", "fp_ollama");
    if (thought instanceof Thought.Call call) {
      answer.message().put("content", "");
      answer.toolCall().put("index", 0);
      if (calls.incrementAndGet() == 1) {
        answer.toolCall().put("id", "").remove("type");
        answer.function().set("arguments", call.arguments());
      }
    }
    return answer;
  }

  @Override
  public Streaming streaming() {
    return Streaming.WHOLE;
  }
}
