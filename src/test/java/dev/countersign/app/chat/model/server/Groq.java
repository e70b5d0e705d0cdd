package dev.countersign.app.chat.model.server;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Groq: it sends thoughts, refuses to get them back, and answers 400 when its model doesn't write a
 * call as it should, here the first time.
 */
final class Groq implements ServerKind {
  private static final KnownMembers KNOWN =
      new KnownMembers(
          Set.of(
              "model",
              "messages",
              "temperature",
              "top_p",
              "max_tokens",
              "max_completion_tokens",
              "stream",
              "stream_options",
              "n",
              "stop",
              "seed",
              "user",
              "response_format",
              "tools",
              "tool_choice",
              "parallel_tool_calls",
              "reasoning_effort",
              "reasoning_format",
              "include_reasoning",
              "service_tier",
              "presence_penalty",
              "frequency_penalty"),
          Set.of("role", "content", "name", "tool_calls", "tool_call_id"),
          Set.of("id", "type", "function"));

  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicBoolean wentWrong = new AtomicBoolean();

  @Override
  public String path() {
    return "/openai/v1";
  }

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    Optional<KnownMembers.Unknown> unknown = KNOWN.unknown(request);
    if (unknown.isEmpty()) {
      return null;
    }
    String property = "property '" + unknown.get().name() + "' is unsupported";
    return Refusal.openAi(
        "invalid_request_error",
        unknown
            .get()
            .message()
            .map(message ->
                "'messages.%d' : for 'role:%s' the following must be satisfied[('messages.%d' : %s)]"
                    .formatted(message.index(), message.role(), message.index(), property))
            .orElse(property));
  }

  @Override
  public @Nullable Refusal mishap(WireRequest request, Thought thought) {
    if (!(thought instanceof Thought.Call call) || wentWrong.getAndSet(true)) {
      return null;
    }
    return new Refusal(
        400,
        """
        {"error": {"message": "Failed to call a function. Please adjust your prompt. See \
        'failed_generation' for more details.", "type": "invalid_request_error", \
        "code": "tool_use_failed", "failed_generation": "<function=%s{\\"qty\\":"}}
        """
            .formatted(call.tool()));
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    Completion answer =
        Completion.of("chatcmpl-%04d".formatted(number), "call_%04d".formatted(number), thought);
    answer.message().put("reasoning", "Thought number " + number + ".");
    if (answer.isCall()) {
      answer.message().remove("content");
    }
    answer
        .body()
        .put("service_tier", "on_demand")
        .putObject("x_groq")
        .put("id", "req_%04d".formatted(number));
    return answer;
  }

  @Override
  public Streaming streaming() {
    return Streaming.WHOLE_WITH_USAGE;
  }
}
