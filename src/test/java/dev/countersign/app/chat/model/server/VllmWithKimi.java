package dev.countersign.app.chat.model.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * vLLM with Kimi K2, whose template puts the ids of calls before the model: one that sees ids of
 * another form than its own no longer calls tools in a form that the server understands.
 */
final class VllmWithKimi implements ServerKind {
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    return null;
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    String id = "chatcmpl-%032x".formatted(answers.incrementAndGet());
    Completion answer =
        switch (thought) {
          case Thought.Words(var text) -> Completion.words(id, text);
          case Thought.Call call when isConfused(request) ->
              Completion.words(
                  id,
                  "<|tool_calls_section_begin|><|tool_call_begin|>functions_%s_1<|tool_call_argument_begin|>%s<|tool_call_end|><|tool_calls_section_end|>"
                      .formatted(call.tool(), call.arguments()));
          case Thought.Call call ->
              Completion.call(
                  id, "functions.%s:%d".formatted(call.tool(), calls.getAndIncrement()), call);
        };
    Vllm.complete(answer);
    return answer;
  }

  private static boolean isConfused(WireRequest request) {
    return request.messages().stream()
        .flatMap(message -> message.calls().stream())
        .anyMatch(call -> !call.path("id").asText().matches("functions\\.\\w+:\\d+"));
  }
}
