package dev.countersign.springai;

import dev.countersign.guard.OfferedTool;
import dev.countersign.guard.ToolSource;
import dev.countersign.guard.schema.SchemaSignature;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.definition.ToolDefinition;

/** The tools of a provider. */
record OfferedCallbacks(ToolCallbackProvider provider) implements ToolSource {
  /** As Spring AI's {@code DefaultMcpToolNamePrefixGenerator} renames tools. */
  private static final Pattern RENAMED = Pattern.compile("alt_\\d+_(.+)");

  @Override
  public List<OfferedTool> ask() {
    return offered(provider.getToolCallbacks());
  }

  /** What is provided, as the guard takes it. */
  static List<OfferedTool> offered(ToolCallback[] provided) {
    return Arrays.stream(provided).map(OfferedCallbacks::offered).toList();
  }

  private static OfferedTool offered(ToolCallback provided) {
    ToolDefinition tool = provided.getToolDefinition();
    JsonSchema schema = JsonSchema.of(tool.inputSchema());
    SchemaSignature signature =
        new SchemaSignature(tool.name(), schema.type(), schema.text(), renamedFrom(tool.name()));
    return new OfferedTool(signature, new CallbackInvocation(signature, provided));
  }

  private static @Nullable String renamedFrom(String name) {
    Matcher renamed = RENAMED.matcher(name);
    return renamed.matches() ? renamed.group(1) : null;
  }
}
