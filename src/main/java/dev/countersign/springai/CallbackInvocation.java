package dev.countersign.springai;

import dev.countersign.guard.ApprovedCall;
import dev.countersign.guard.Invocation;
import dev.countersign.guard.ReportedFailure;
import dev.countersign.guard.schema.SchemaSignature;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.execution.ToolExecutionException;

/** Runs an approved call of another's tool. */
record CallbackInvocation(SchemaSignature tool, ToolCallback callback) implements Invocation {
  /**
   * All that the tool's context has. An MCP client sends the context to the server, as {@code
   * _meta}: that must not have the token.
   */
  static final String IDEMPOTENCY_KEY = "dev.countersign/idempotency-key";

  /**
   * Runs it once.
   *
   * @return the text that the tool answers
   * @throws RuntimeException if it says that it has failed, which doesn't say when
   */
  @Override
  public @Nullable Object run(@Nullable Object[] arguments) {
    ApprovedCall call = ApprovedCall.current();
    try {
      return callback.call(
          tool.written(arguments), new ToolContext(Map.of(IDEMPOTENCY_KEY, call.idempotencyKey())));
    } catch (ToolExecutionException e) {
      throw ReportedFailure.of(e.getCause(), e.getMessage(), call);
    }
  }
}
