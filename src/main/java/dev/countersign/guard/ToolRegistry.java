package dev.countersign.guard;

import dev.countersign.message.MessageRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The guarded tools of this process. */
public final class ToolRegistry {
  private final Map<String, GuardedTool> tools = new ConcurrentHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final MessageRules rules;
  private final CallTerms terms;

  /**
   * Knows none yet.
   *
   * @param rules what the provider allows a message to have
   * @param terms of methods that don't say otherwise
   */
  public ToolRegistry(MessageRules rules, CallTerms terms) {
    this.rules = rules;
    this.terms = terms;
  }

  /** Adds a method of a bean; what is wrong with it is told by {@link #faults}. */
  public synchronized void add(GuardedMethod method, Invocation invocation) {
    CallTerms own;
    try {
      own = terms.of(method.rules());
    } catch (IllegalArgumentException e) {
      faults.add(
          "@RequiresApproval of %s.%s: %s."
              .formatted(method.type().getName(), method.name(), e.getMessage()));
      return;
    }
    switch (Contract.of(method, rules)) {
      case Contract.Result.Faulty(var sentences) -> faults.addAll(sentences);
      case Contract.Result.Made(var contract) ->
          add(new GuardedTool(method.name(), method, contract, own, invocation));
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

  Optional<GuardedTool> find(String name) {
    return Optional.ofNullable(tools.get(name));
  }
}
