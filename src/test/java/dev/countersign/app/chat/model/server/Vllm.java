package dev.countersign.app.chat.model.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** vLLM with a parser for tool calls: it takes members that it doesn't know; its ids are long. */
final class Vllm implements ServerKind {
  private final AtomicInteger answers = new AtomicInteger();

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    return null;
  }

  /** What it says to a request that can't be put before the model. */
  static Refusal badRequest(String message) {
    return Refusal.openAi(400, "BadRequestError", "400", message);
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    Completion answer =
        Completion.of(
            "chatcmpl-%032x".formatted(number), "chatcmpl-tool-%032x".formatted(number), thought);
    complete(answer);
    return answer;
  }

  /** Adds the members that no other server has. */
  static void complete(Completion answer) {
    answer.message().putNull("refusal").putNull("reasoning").putNull("reasoning_content");
    answer.choice().putNull("stop_reason").putNull("token_ids");
    answer.body().putNull("prompt_logprobs").putNull("kv_transfer_params");
  }
}
