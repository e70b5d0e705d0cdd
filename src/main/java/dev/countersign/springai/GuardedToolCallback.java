package dev.countersign.springai;

import dev.countersign.guard.ModelCalls;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/** Makes a call of a model's, and says in words what came of it. */
final class GuardedToolCallback implements ToolCallback {
  private final String tool;
  private final ToolDefinition definition;
  private final ToolMetadata metadata;
  private final ModelCalls calls;
  private final Answers answers;

  /**
   * Starts calls of a tool.
   *
   * @param tool by which its calls are known
   * @param definition what the model is told of it
   * @param metadata its own
   */
  GuardedToolCallback(
      String tool,
      ToolDefinition definition,
      ToolMetadata metadata,
      ModelCalls calls,
      Answers answers) {
    this.tool = tool;
    this.definition = definition;
    this.metadata = metadata;
    this.calls = calls;
    this.answers = answers;
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return definition;
  }

  @Override
  public ToolMetadata getToolMetadata() {
    return answers.direct() ? ToolMetadata.builder().returnDirect(true).build() : metadata;
  }

  @Override
  public String call(String toolInput) {
    return call(toolInput, null);
  }

  /** What else the host says isn't kept until the call is run: nobody sees it. */
  @Override
  public String call(String toolInput, @Nullable ToolContext toolContext) {
    String arguments = toolInput.isBlank() ? "{}" : toolInput;
    ModelCalls.Outcome outcome =
        calls.call(
            tool,
            answers.keyOf(arguments, definition.inputSchema()),
            arguments,
            conversation(toolContext),
            getToolMetadata().returnDirect() ? ModelCalls.Reader.USER : ModelCalls.Reader.MODEL);
    if (outcome.answer() != null) {
      answers.listener().accept(outcome.answer());
    }
    return outcome.words();
  }

  /** Named as chat memories name it. */
  private static @Nullable String conversation(@Nullable ToolContext context) {
    Object id = context == null ? null : context.getContext().get(ChatMemory.CONVERSATION_ID);
    return id == null ? null : id.toString();
  }
}
