package dev.countersign.springai;

import java.util.List;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;

/** Tools that are always the same; of the same tools, it is the same provider. */
record SingleCallbacks(List<ToolCallback> callbacks) implements ToolCallbackProvider {
  @Override
  public ToolCallback[] getToolCallbacks() {
    return callbacks.toArray(ToolCallback[]::new);
  }
}
