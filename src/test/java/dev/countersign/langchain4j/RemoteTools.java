package dev.countersign.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A provider of tools as an MCP client's is: it can be away, and its tools can change. */
final class RemoteTools implements ToolProvider {
  final List<String> called = new CopyOnWriteArrayList<>();
  final AtomicInteger awayTimes = new AtomicInteger();
  private final Map<String, Tool> tools = new LinkedHashMap<>();

  /** What a tool does. */
  @FunctionalInterface
  interface Deed extends BiFunction<String, @Nullable InvocationContext, ToolExecutionResult> {}

  private record Tool(JsonObjectSchema schema, Deed deed) {}

  /** Offers a tool that says what it was called with. */
  RemoteTools with(String name, JsonObjectSchema schema) {
    return with(name, schema, (arguments, _) -> text("did " + name));
  }

  /** Offers a tool, whatever it has offered by that name. */
  synchronized RemoteTools with(String name, JsonObjectSchema schema, Deed deed) {
    tools.put(name, new Tool(schema, deed));
    return this;
  }

  static ToolExecutionResult text(String text) {
    return ToolExecutionResult.builder().resultText(text).build();
  }

  static ToolExecutionResult error(String text) {
    return ToolExecutionResult.builder().isError(true).resultText(text).build();
  }

  @Override
  public synchronized ToolProviderResult provideTools(ToolProviderRequest request) {
    if (awayTimes.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
      throw new IllegalStateException("The server is away");
    }
    ToolProviderResult.Builder all = ToolProviderResult.builder();
    tools.forEach((name, tool) ->
        all.add(
            ToolSpecification.builder().name(name).parameters(tool.schema).build(),
            executor(name, tool)));
    return all.build();
  }

  private ToolExecutor executor(String name, Tool tool) {
    return new ToolExecutor() {
      @Override
      public String execute(ToolExecutionRequest request, Object memoryId) {
        return executeWithContext(request, null).resultText();
      }

      @Override
      public ToolExecutionResult executeWithContext(
          ToolExecutionRequest request, @Nullable InvocationContext context) {
        called.add(name + request.arguments());
        return tool.deed.apply(request.arguments(), context);
      }
    };
  }
}
