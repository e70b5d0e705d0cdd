package dev.countersign.app.chat.model.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** DeepSeek's thinking mode: in turns that called tools, thoughts must come back. */
final class DeepSeek implements ServerKind {
  private final AtomicInteger answers = new AtomicInteger();

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    for (WireMessage message : request.messages()) {
      if (!message.has("content")) {
        return new Refusal(
            422,
            "Failed to deserialize the JSON body into the target type: messages[%d]: missing field `content` at line 1 column 56"
                .formatted(message.index()));
      }
    }
    if (request.body().path("tool_choice").isObject() || request.toolChoice().equals("required")) {
      return Refusal.openAi(
          "invalid_request_error", "Thinking mode does not support this tool_choice");
    }
    if (new CallsAndResults(request.messages()).fault().isPresent()) {
      return Refusal.openAi(
          "invalid_request_error",
          "An assistant message with 'tool_calls' must be followed by tool messages responding to"
              + " each 'tool_call_id'. (insufficient tool messages following tool_calls message)");
    }
    return turns(request).stream().anyMatch(DeepSeek::lacksThoughts)
        ? Refusal.openAi(
            "invalid_request_error",
            "The `reasoning_content` in the thinking mode must be passed back to the API.")
        : null;
  }

  /** What follows each message of the user's. */
  private static List<List<WireMessage>> turns(WireRequest request) {
    List<List<WireMessage>> turns = new ArrayList<>();
    for (WireMessage message : request.conversation()) {
      if (message.is("user") || turns.isEmpty()) {
        turns.add(new ArrayList<>());
      }
      turns.getLast().add(message);
    }
    return turns;
  }

  private static boolean lacksThoughts(List<WireMessage> turn) {
    return turn.stream().anyMatch(WireMessage::callsTools)
        && turn.stream()
            .anyMatch(message -> message.is("assistant") && !message.has("reasoning_content"));
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    Completion answer =
        Completion.of(
            "00000000-0000-0000-0000-%012d".formatted(number),
            "call_00_%020d".formatted(number),
            thought);
    if (answer.isCall()) {
      answer.message().put("content", "");
      answer.toolCall().put("index", 0);
    }
    answer.message().put("reasoning_content", "Thought number " + number + ".");
    answer.body().put("system_fingerprint", "fp_deepseek");
    return answer;
  }
}
