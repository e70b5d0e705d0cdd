package dev.countersign.langchain4j;

import dev.countersign.guard.Admission;
import dev.countersign.guard.OfferedTool;
import dev.countersign.guard.ToolRegistry;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tools of another provider: those that settings name ask before they are run, all others are
 * left as they are. One that is to be guarded but can't be is left out.
 */
final class GuardedToolProvider implements ToolProvider {
  private final ProvidedTools provided;
  private final ToolRegistry tools;
  private final Function<String, ToolExecutor> executors;

  /**
   * Guards a provider.
   *
   * @param provided what {@code tools} knows as a source
   * @param executors makes what starts the calls of a tool, by its name
   */
  GuardedToolProvider(
      ProvidedTools provided, ToolRegistry tools, Function<String, ToolExecutor> executors) {
    this.provided = provided;
    this.tools = tools;
    this.executors = executors;
  }

  @Override
  public boolean isDynamic() {
    return provided.provider().isDynamic();
  }

  @Override
  public ToolProviderResult provideTools(ToolProviderRequest request) {
    @Nullable ToolProviderResult result = provided.provider().provideTools(request);
    List<OfferedTool> offered = ProvidedTools.offered(result);
    List<Admission> admissions = tools.admit(provided, offered);
    ToolProviderResult.Builder guarded = ToolProviderResult.builder();
    for (int i = 0; i < offered.size(); i++) {
      guarded(result.aiServiceTools().get(i), offered.get(i).signature().name(), admissions.get(i))
          .ifPresent(guarded::add);
    }
    return guarded.build();
  }

  private Optional<AiServiceTool> guarded(AiServiceTool tool, String name, Admission admission) {
    return switch (admission) {
      case Admission.Unguarded() -> Optional.of(tool);
      case Admission.Guarded() ->
          Optional.of(tool.toBuilder().toolExecutor(executors.apply(name)).build());
      case Admission.Faulty _ -> Optional.empty();
    };
  }
}
