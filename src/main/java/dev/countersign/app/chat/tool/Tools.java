package dev.countersign.app.chat.tool;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.guard.FrozenCall;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All tools that the model can call: the guarded ones, and ours for looking after their calls. */
@Component
public class Tools {
  private static final List<Tool> OWN = List.of(new ListRequestsTool(), new CancelRequestTool());

  private static final Pattern NAME_SPACE = Pattern.compile("[a-zA-Z0-9_-]{1,40}[.:/]");

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
  private boolean isThere(String name) {
    return specifications().stream().anyMatch(tool -> tool.name().equals(name));
  }

  /** Whether a model means a tool by a name: some put a name space before it. */
  public boolean isMeant(String name) {
    return meant(name) != null;
  }

  /** The tool that a model means by a name; null: there is none. */
  @Nullable String meant(String name) {
    String local = NAME_SPACE.matcher(name).replaceFirst("");
    return Stream.of(name, local).filter(this::isThere).findFirst().orElse(null);
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
