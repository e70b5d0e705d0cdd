package dev.countersign.guard;

import dev.countersign.message.MessageRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The guarded tools of this process. */
public final class ToolRegistry {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,40}");

  private final Map<String, GuardedTool> tools = new ConcurrentHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final MessageRules rules;
  private final CallTerms terms;
  private final ToolRules.Settings settings;

  /**
   * Knows none yet.
   *
   * @param rules what the provider allows a message to have
   * @param terms of methods that don't say otherwise
   * @param settings what the operator says of tools
   */
  public ToolRegistry(MessageRules rules, CallTerms terms, ToolRules.Settings settings) {
    this.rules = rules;
    this.terms = terms;
    this.settings = settings;
  }

  /**
   * Adds a method of a bean; what is wrong with it is told by {@link #faults}.
   *
   * @param lookUp finds out what became of a call; null: nobody can
   */
  public synchronized void add(
      GuardedMethod method,
      Invocation invocation,
      @Nullable Invocation lookUp,
      ArgumentCheck check) {
    if (!NAME.matcher(method.name()).matches()) {
      faults.add(
          "The tool %s of %s must have a name of 1 to 40 letters, digits and _: give it one by name = ."
              .formatted(method.name(), method.type().getName()));
      return;
    }
    ToolRules tool;
    try {
      tool = settings.of(method.name(), ToolRules.of(method.rules()));
    } catch (IllegalArgumentException e) {
      faults.add(String.valueOf(e.getMessage()));
      return;
    }
    CallTerms own;
    try {
      own = terms.of(tool);
    } catch (IllegalArgumentException e) {
      faults.add(
          "@RequiresApproval of %s.%s: %s."
              .formatted(method.type().getName(), method.name(), e.getMessage()));
      return;
    }
    switch (Contract.of(method, tool, rules)) {
      case Contract.Result.Faulty(var sentences) -> faults.addAll(sentences);
      case Contract.Result.Made(var contract) ->
          add(
              new GuardedTool(
                  method.name(),
                  method,
                  tool,
                  contract,
                  lookUp == null ? own : own.withLookUp(),
                  invocation,
                  lookUp,
                  check));
    }
  }

  private void add(GuardedTool tool) {
    GuardedTool before = tools.putIfAbsent(tool.name(), tool);
    if (before != null) {
      faults.add(
          ("The guarded methods %s.%s and %s.%s have the same name, by which their calls are known:"
                  + " rename one.")
              .formatted(
                  before.method().type().getName(),
                  before.name(),
                  tool.method().type().getName(),
                  tool.name()));
    }
  }

  /** What is wrong with the methods that were added, each a sentence. */
  public synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /** What the provider allows a message to have. */
  MessageRules rules() {
    return rules;
  }

  /** The method of a tool; empty: there is none of that name. */
  public Optional<GuardedMethod> method(String name) {
    return find(name).map(GuardedTool::method);
  }

  /** The methods of all. */
  public List<GuardedMethod> methods() {
    return tools.values().stream().map(GuardedTool::method).toList();
  }

  /**
   * A tool.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  GuardedTool get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("There is no guarded tool " + name));
  }

  Optional<GuardedTool> find(String name) {
    return Optional.ofNullable(tools.get(name));
  }
}
