package dev.countersign.app.chat.tool;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.guard.FrozenCall;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** All tools that the model can call: the guarded ones, and ours for looking after their calls. */
@Component
public class Tools {
  private static final List<Tool> OWN = List.of(new ListRequestsTool(), new CancelRequestTool());

  private final GuardedTools guarded;

  Tools(GuardedTools guarded) {
    this.guarded = guarded;
  }

  /** What the model is told of them. */
  public List<ToolSpecification> specifications() {
    return Stream.concat(guarded.specifications().stream(), OWN.stream().map(Tool::specification))
        .toList();
  }

  /** Whether a tool of that name is guarded. */
  boolean isGuarded(String name) {
    return guarded.has(name);
  }

  /** Whether there is a tool of that name. */
  public boolean isThere(String name) {
    return specifications().stream().anyMatch(tool -> tool.name().equals(name));
  }

  /** As {@link GuardedTools#isSame}. */
  boolean isSame(FrozenCall call, String arguments) {
    return guarded.isSame(call, arguments);
  }

  /** As {@link GuardedTools#freeze}. */
  GuardedTools.Result freeze(String id, String name, String arguments, Asker asker, int number) {
    return guarded.freeze(id, name, arguments, asker, number);
  }

  /**
   * Checks a call of a tool that isn't guarded.
   *
   * @param name as the model wrote it; at most what can be sent back to it
   */
  ToolCall check(String id, String name, ObjectNode arguments) {
    Optional<Tool> called =
        OWN.stream().filter(tool -> tool.specification().name().equals(name)).findFirst();
    return called
        .map(tool -> tool.check(id, arguments))
        .orElseGet(() ->
            new InvalidCall(id, name, "{}", "There is no such tool; there are " + names() + "."));
  }

  private String names() {
    return specifications().stream().map(ToolSpecification::name).collect(joining(", "));
  }
}
