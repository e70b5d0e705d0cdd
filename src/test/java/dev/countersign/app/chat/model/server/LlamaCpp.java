package dev.countersign.app.chat.model.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** llama.cpp's server with a template that wants the user and the assistant to take turns. */
final class LlamaCpp implements ServerKind {
  private static final String TURNS =
      """

      ------------
      While executing CallExpression at line 47, column 32 in source:
      ...== 0) %}            {{- raise_exception('After the optional system message, con...
                                                 ^
      Error: Jinja Exception: After the optional system message, conversation roles must \
      alternate user and assistant roles except for tool calls and results.\
      """;

  private static final String ROLES =
      """

      ------------
      While executing CallExpression at line 112, column 24 in source:
      ...{%- else %}        {{- raise_exception('Only user, assistant and tool roles are s...
                                                 ^
      Error: Jinja Exception: Only user, assistant and tool roles are supported, got system.\
      """;

  private final AtomicInteger answers = new AtomicInteger();

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    int place = 0;
    for (WireMessage message : request.conversation()) {
      if (message.is("user") || message.isAnswer()) {
        if (message.is("user") != (place % 2 == 0)) {
          return Refusal.openAi(500, "server_error", "500", TURNS);
        }
        place++;
      } else if (message.is("system")) {
        return Refusal.openAi(500, "server_error", "500", ROLES);
      }
    }
    return null;
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    Completion answer =
        Completion.of("chatcmpl-%032d".formatted(number), "Llama%027d".formatted(number), thought);
    answer.body().put("system_fingerprint", "b7950-449ec2ab0");
    answer.body().putObject("timings").put("prompt_n", 40).put("predicted_per_second", 12.5);
    return answer;
  }
}
