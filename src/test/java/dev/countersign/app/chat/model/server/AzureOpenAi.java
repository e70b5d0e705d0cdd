package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Azure OpenAI's API of version 1: OpenAI's rules, and what its content filter found. */
final class AzureOpenAi implements ServerKind {
  private final AtomicInteger answers = new AtomicInteger();

  @Override
  public String path() {
    return "/openai/v1";
  }

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    return OpenAiRules.refusal(request);
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    Completion answer =
        Completion.of("chatcmpl-%04d".formatted(number), "call_%024d".formatted(number), thought);
    ObjectNode prompt =
        answer.body().putArray("prompt_filter_results").addObject().put("prompt_index", 0);
    foundNothing(prompt.putObject("content_filter_results"));
    ObjectNode results = answer.choice().putObject("content_filter_results");
    if (!answer.isCall()) {
      foundNothing(results);
    }
    answer.message().putNull("refusal");
    return answer;
  }

  private static void foundNothing(ObjectNode results) {
    for (String what : new String[] {"hate", "self_harm", "sexual", "violence"}) {
      results.putObject(what).put("filtered", false).put("severity", "safe");
    }
  }

  @Override
  public Streaming streaming() {
    return Streaming.AFTER_A_CHUNK_WITHOUT_CHOICES;
  }
}
