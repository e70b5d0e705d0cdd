package dev.countersign.app.chat.model.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** LM Studio with a model of OpenAI's open weights, which puts a namespace before names. */
final class LmStudio implements ServerKind {
  private final AtomicInteger answers = new AtomicInteger();

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    return request.body().path("tool_choice").isObject()
        ? new Refusal(
            400,
            "{\"error\":\"Invalid tool_choice type: 'object'. Supported string values: none, auto,"
                + " required\"}")
        : null;
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    Completion answer =
        Completion.of("chatcmpl-lms%04d".formatted(number), "%09d".formatted(number), thought);
    answer.message().put("reasoning", "The user wants something.");
    answer.body().put("system_fingerprint", "a-model").putObject("stats");
    if (thought instanceof Thought.Call call) {
      answer.message().put("content", "");
      answer.function().put("name", "functions." + call.tool());
    }
    return answer;
  }
}
