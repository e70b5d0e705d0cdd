package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** OpenRouter before a model of Gemini's: the details of its thoughts must come back. */
final class OpenRouter implements ServerKind {
  private final AtomicInteger answers = new AtomicInteger();

  @Override
  public String path() {
    return "/api/v1";
  }

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    return request.currentTurn().stream()
            .anyMatch(message -> message.callsTools() && !message.has("reasoning_details"))
        ? refused()
        : null;
  }

  private static Refusal refused() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("message", "Provider returned error")
        .put("code", 400)
        .putObject("metadata")
        .put(
            "raw",
            "Gemini models require OpenRouter reasoning details to be preserved in each request."
                + " Please refer to our docs:"
                + " https://openrouter.ai/docs/guides/best-practices/reasoning-tokens#preserving-reasoning-blocks.")
        .put("provider_name", "Google AI Studio");
    return new Refusal(400, body.toString());
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    String tool = thought instanceof Thought.Call call ? call.tool() : "";
    Completion answer =
        Completion.of(
            "gen-1790000000-%020d".formatted(number),
            "tool_%s_%020d".formatted(tool, number),
            thought);
    answer.body().put("provider", "Google AI Studio");
    answer.choice().put("native_finish_reason", "STOP");
    answer.message().putNull("refusal").put("reasoning", "Thought number " + number + ".");
    answer
        .message()
        .putArray("reasoning_details")
        .addObject()
        .put("type", "reasoning.encrypted")
        .put("data", "EjQKMgEdCw%04d==".formatted(number))
        .put("format", "google-gemini-v1")
        .put("index", 0);
    if (answer.isCall()) {
      answer.message().put("content", "");
      answer.toolCall().put("index", 0);
    }
    return answer;
  }
}
