package dev.countersign.langchain4j;

import dev.countersign.guard.ApprovedCall;
import dev.countersign.guard.Invocation;
import dev.countersign.guard.OutcomeUnknownException;
import dev.countersign.guard.ReportedFailure;
import dev.countersign.guard.schema.SchemaSignature;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an approved call of a tool of another provider's. */
record ProvidedInvocation(SchemaSignature tool, ToolExecutor executor) implements Invocation {
  private static final Logger log = LoggerFactory.getLogger(ProvidedInvocation.class);

  /**
   * Runs it once.
   *
   * @return the text that the tool answers; null: it has answered something else
   * @throws OutcomeUnknownException if it says that it has failed, which doesn't say when
   */
  @Override
  public @Nullable Object run(@Nullable Object[] arguments) {
    ApprovedCall call = ApprovedCall.current();
    ToolExecutionResult result;
    try {
      result = executor.executeWithContext(request(call, arguments), context(call));
    } catch (ToolExecutionException e) {
      throw ReportedFailure.of(e.getCause(), e.getMessage(), call);
    }
    if (result.isError()) {
      throw ReportedFailure.of(null, text(result), call);
    }
    return text(result);
  }

  private ToolExecutionRequest request(ApprovedCall call, @Nullable Object[] arguments) {
    return ToolExecutionRequest.builder()
        .id(call.idempotencyKey())
        .name(tool.offeredName())
        .arguments(tool.written(arguments))
        .build();
  }

  private static InvocationContext context(ApprovedCall call) {
    return InvocationContext.builder()
        .invocationParameters(InvocationParameters.from(GuardedTools.APPROVED_CALL, call))
        .timestampNow()
        .build();
  }

  /** Whatever its answer is like, it has answered. */
  private @Nullable String text(ToolExecutionResult result) {
    try {
      return result.resultContents().stream()
          .map(content ->
              content instanceof TextContent text ? text.text() : "[" + content.type() + "]")
          .collect(Collectors.joining("\n"));
    } catch (RuntimeException e) {
      log.warn("{} has answered what can't be read as a text", tool.name(), e);
      return null;
    }
  }
}
