package dev.countersign.app.chat.model.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** OpenAI itself. */
final class OpenAi implements ServerKind {
  private final AtomicInteger answers = new AtomicInteger();

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    return OpenAiRules.refusal(request);
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    Completion answer =
        Completion.of("chatcmpl-%04d".formatted(number), "call_%024d".formatted(number), thought);
    answer.message().putNull("refusal").putArray("annotations");
    answer.body().put("service_tier", "default").putNull("system_fingerprint");
    return answer;
  }
}
