package dev.countersign.langchain4j;

import dev.countersign.guard.ModelCalls;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.memory.ChatMemoryService;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes a call of a model's, and says in words what came of it. */
final class GuardedToolExecutor implements ToolExecutor {
  private final String tool;
  private final UnaryOperator<String> arguments;
  private final ModelCalls calls;
  private final ModelCalls.Reader reader;

  /**
   * Starts calls of a tool.
   *
   * @param arguments makes those that the tool takes of what a model writes
   * @param reader gets the words about what came of a call
   */
  GuardedToolExecutor(
      String tool, UnaryOperator<String> arguments, ModelCalls calls, ModelCalls.Reader reader) {
    this.tool = tool;
    this.arguments = arguments;
    this.calls = calls;
    this.reader = reader;
  }

  @Override
  public String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
    return called(request, null).resultText(); // without an invocation, its id names no call
  }

  @Override
  public ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, @Nullable InvocationContext context) {
    return called(request, context);
  }

  private ToolExecutionResult called(
      ToolExecutionRequest request, @Nullable InvocationContext context) {
    String written = request.arguments();
    ModelCalls.Outcome outcome =
        calls.call(
            tool,
            RequestKey.of(request, context),
            arguments.apply(written == null || written.isBlank() ? "{}" : written),
            conversation(context),
            reader);
    ToolExecutionResult.Builder result =
        ToolExecutionResult.builder().isError(outcome.isError()).resultText(outcome.words());
    return outcome.answer() == null
        ? result.build()
        : result.attributes(Map.of(GuardedTools.CALL_ID, outcome.answer().callId())).build();
  }

  /** The chat memory is the conversation; the one of those that name none is no conversation. */
  private static @Nullable String conversation(@Nullable InvocationContext context) {
    Object memory = context == null ? null : context.chatMemoryId();
    return memory == null || memory.equals(ChatMemoryService.DEFAULT) ? null : memory.toString();
  }
}
