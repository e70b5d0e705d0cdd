package dev.countersign.springai;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.definition.ToolDefinition;

/** A provider of tools as an MCP client's is: it can be away, and its tools can change. */
final class RemoteTools implements ToolCallbackProvider {
  final List<String> called = new CopyOnWriteArrayList<>();
  final AtomicInteger awayTimes = new AtomicInteger();
  private final Map<String, ToolCallback> tools = new LinkedHashMap<>();

  /** What a tool does with its arguments and its context. */
  @FunctionalInterface
  interface Deed extends BiFunction<String, Map<String, Object>, String> {}

  /** Offers a tool that says what it was called with. */
  RemoteTools with(String name, String schema) {
    return with(name, schema, (_, _) -> "did " + name);
  }

  /** Offers a tool, whatever it has offered by that name. */
  synchronized RemoteTools with(String name, String schema, Deed deed) {
    tools.put(name, new Tool(name, schema, deed));
    return this;
  }

  @Override
  public synchronized ToolCallback[] getToolCallbacks() {
    if (awayTimes.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
      throw new IllegalStateException("The server is away");
    }
    return tools.values().toArray(ToolCallback[]::new);
  }

  private final class Tool implements ToolCallback {
    private final ToolDefinition definition;
    private final Deed deed;

    Tool(String name, String schema, Deed deed) {
      this.definition =
          ToolDefinition.builder().name(name).description(name).inputSchema(schema).build();
      this.deed = deed;
    }

    @Override
    public ToolDefinition getToolDefinition() {
      return definition;
    }

    @Override
    public String call(String toolInput) {
      return call(toolInput, null);
    }

    @Override
    public String call(String toolInput, @Nullable ToolContext toolContext) {
      called.add(definition.name() + toolInput);
      return deed.apply(toolInput, toolContext == null ? Map.of() : toolContext.getContext());
    }
  }
}
