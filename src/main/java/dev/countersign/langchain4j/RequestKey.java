package dev.countersign.langchain4j;

import dev.countersign.guard.CallKey;
import dev.countersign.vault.Sha256;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key that names a model's call among those of its user and its tool. */
final class RequestKey {
  private RequestKey() {}

  /**
   * Ids such as {@code call_0} come again in each turn, and users may share a memory: an id names a
   * call only in its memory, in one invocation, with its arguments.
   *
   * @param context null: LangChain4j says nothing of the invocation
   * @return empty: nothing names the call
   */
  static Optional<String> of(ToolExecutionRequest request, @Nullable InvocationContext context) {
    if (request.id() == null
        || request.id().isBlank()
        || context == null
        || context.invocationId() == null) {
      return Optional.empty();
    }
    return Optional.of(
        CallKey.of(
            "langchain4j",
            String.valueOf(context.chatMemoryId()),
            context.invocationId().toString(),
            request.id(),
            Sha256.hex(String.valueOf(request.arguments()))));
  }
}
