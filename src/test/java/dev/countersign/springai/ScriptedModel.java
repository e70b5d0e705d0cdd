package dev.countersign.springai;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import reactor.core.publisher.Flux;

/** Calls tools once a turn, always by the same ids, and then says what it was told of the last. */
final class ScriptedModel implements ChatModel {
  /** What it was told of its calls. */
  final List<String> told = new CopyOnWriteArrayList<>();

  /** The tools that it was offered last. */
  final List<String> offered = new CopyOnWriteArrayList<>();

  private final List<AssistantMessage.ToolCall> calls = new ArrayList<>();
  private final int times;

  /** Calls a tool so many times before it says anything. */
  private ScriptedModel(int times) {
    this.times = times;
  }

  static ScriptedModel calling(String tool, String arguments) {
    return new ScriptedModel(1).and(tool, arguments);
  }

  /** Doesn't believe it until it was told so many times. */
  static ScriptedModel insisting(int times, String tool, String arguments) {
    return new ScriptedModel(times).and(tool, arguments);
  }

  /** In the same breath. */
  ScriptedModel and(String tool, String arguments) {
    calls.add(new AssistantMessage.ToolCall("call_" + calls.size(), "function", tool, arguments));
    return this;
  }

  @Override
  public ChatOptions getOptions() {
    return ToolCallingChatOptions.builder().build();
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    return new ChatResponse(List.of(new Generation(answer(prompt))));
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    return Flux.defer(() -> Flux.just(call(prompt)));
  }

  private AssistantMessage answer(Prompt prompt) {
    offered.clear();
    if (prompt.getOptions() instanceof ToolCallingChatOptions options) {
      List<ToolCallback> callbacks =
          Objects.requireNonNullElse(options.getToolCallbacks(), List.of());
      callbacks.forEach(tool -> offered.add(tool.getToolDefinition().name()));
    }
    long answered =
        prompt.getInstructions().stream().filter(ToolResponseMessage.class::isInstance).count();
    if (prompt.getInstructions().getLast() instanceof ToolResponseMessage responses) {
      responses.getResponses().forEach(response -> told.add(response.responseData()));
    }
    return answered < times
        ? AssistantMessage.builder().content("").toolCalls(calls).build()
        : new AssistantMessage(told.getLast());
  }
}
