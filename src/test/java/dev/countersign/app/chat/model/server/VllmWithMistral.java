package dev.countersign.app.chat.model.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** vLLM with one of Mistral's models: Mistral's rules for messages, in vLLM's words. */
final class VllmWithMistral implements ServerKind {
  private final AtomicInteger answers = new AtomicInteger();

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    return MistralRules.fault(request.messages())
        .map(fault -> Vllm.badRequest(fault.message()))
        .orElse(null);
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    Completion answer =
        Completion.of("chatcmpl-%032x".formatted(number), "Mst%06d".formatted(number), thought);
    Vllm.complete(answer);
    return answer;
  }
}
