package dev.countersign.springai;

import dev.countersign.guard.Admission;
import dev.countersign.guard.OfferedTool;
import dev.countersign.guard.ToolRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;

/**
 * The tools of another provider: those that settings name ask before they are run, all others are
 * left as they are. One that is to be guarded but can't be is left out.
 */
final class GuardedToolCallbackProvider implements ToolCallbackProvider {
  private static final Logger log = LoggerFactory.getLogger(GuardedToolCallbackProvider.class);

  private final OfferedCallbacks provided;
  private final ToolRegistry tools;
  private final BiFunction<String, ToolCallback, ToolCallback> guard;

  /**
   * Guards a provider.
   *
   * @param provided what {@code tools} knows as a source
   * @param guard makes what starts the calls of a tool, by the name by which they are known
   */
  GuardedToolCallbackProvider(
      OfferedCallbacks provided,
      ToolRegistry tools,
      BiFunction<String, ToolCallback, ToolCallback> guard) {
    this.provided = provided;
    this.tools = tools;
    this.guard = guard;
  }

  /** As whoever provides them offers them. */
  OfferedCallbacks provided() {
    return provided;
  }

  @Override
  public ToolCallback[] getToolCallbacks() {
    ToolCallback[] callbacks = askedFor();
    List<OfferedTool> offered = OfferedCallbacks.offered(callbacks);
    List<Admission> admissions = tools.admit(provided, offered);
    List<ToolCallback> guarded = new ArrayList<>();
    for (int i = 0; i < callbacks.length; i++) {
      switch (admissions.get(i)) {
        case Admission.Unguarded() -> guarded.add(callbacks[i]);
        case Admission.Guarded() ->
            guarded.add(guard.apply(offered.get(i).signature().name(), callbacks[i]));
        case Admission.Faulty _ -> {}
      }
    }
    return guarded.toArray(ToolCallback[]::new);
  }

  /**
   * Spring AI asks all providers among the beans at start-up, but for those of MCP servers, which
   * may be away by then. It doesn't know this one as such.
   */
  private ToolCallback[] askedFor() {
    try {
      return provided.provider().getToolCallbacks();
    } catch (RuntimeException e) {
      if (tools.isComplete()) {
        throw e;
      }
      log.warn(
          "A provider can't say yet which tools it has; it is asked again when they are used", e);
      return new ToolCallback[0];
    }
  }
}
