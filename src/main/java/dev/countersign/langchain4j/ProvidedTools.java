package dev.countersign.langchain4j;

import dev.countersign.guard.OfferedTool;
import dev.countersign.guard.ToolSource;
import dev.countersign.guard.schema.SchemaSignature;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tools of a provider, in no conversation. */
record ProvidedTools(ToolProvider provider) implements ToolSource {
  @Override
  public List<OfferedTool> ask() {
    return offered(provider.provideTools(anyRequest()));
  }

  /** What is provided, as the guard takes it. */
  static List<OfferedTool> offered(@Nullable ToolProviderResult provided) {
    return provided == null
        ? List.of()
        : provided.aiServiceTools().stream().map(ProvidedTools::offered).toList();
  }

  private static OfferedTool offered(AiServiceTool provided) {
    ToolSpecification tool = provided.toolSpecification();
    SchemaSignature signature =
        new SchemaSignature(
            tool.name(), SchemaTypes.of(tool.parameters()), SchemaText.of(tool.parameters()));
    return new OfferedTool(signature, new ProvidedInvocation(signature, provided.toolExecutor()));
  }

  private static ToolProviderRequest anyRequest() {
    return ToolProviderRequest.builder()
        .invocationContext(
            InvocationContext.builder().invocationId(UUID.randomUUID()).timestampNow().build())
        .userMessage(UserMessage.from("Which tools are there?"))
        .build();
  }
}
