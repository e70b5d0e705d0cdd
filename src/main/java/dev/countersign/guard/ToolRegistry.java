package dev.countersign.guard;

import dev.countersign.message.MessageRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The guarded tools of this process. */
public final class ToolRegistry {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,40}");

  private final Map<String, GuardedTool> tools = new ConcurrentHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final MessageRules rules;
  private final ToolMaker maker;
  private final ToolRules.Settings settings;
  private final boolean codes;
  private final OfferedTools offered;
  private volatile boolean complete;

  /**
   * Knows none yet.
   *
   * @param rules what the provider allows a message to have
   * @param terms of tools that don't say otherwise
   * @param settings what the operator says of tools
   * @param codes whether messages end in a code ({@link dev.countersign.message.MessageCode}),
   *     where it fits
   */
  public ToolRegistry(
      MessageRules rules, CallTerms terms, ToolRules.Settings settings, boolean codes) {
    this.rules = rules;
    this.maker = new ToolMaker(rules, terms);
    this.settings = settings;
    this.codes = codes;
    this.offered = new OfferedTools(maker, settings, tools::containsKey);
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
    if (!isName(method.name())) {
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
    ToolMaker.Result made =
        maker.make(
            method, tool, "@RequiresApproval of " + method.place(), invocation, lookUp, check);
    switch (made) {
      case ToolMaker.Result.Faulty(var sentences) -> faults.addAll(sentences);
      case ToolMaker.Result.Made(var guarded) -> add(guarded);
    }
  }

  private void add(GuardedTool tool) {
    GuardedTool before = tools.putIfAbsent(tool.name(), tool);
    if (before != null) {
      faults.add(
          ("The guarded methods %s and %s have the same name, by which their calls are known:"
                  + " rename one.")
              .formatted(before.signature().place(), tool.signature().place()));
    }
  }

  /**
   * Adds what offers tools; they are known once it is asked. One that is there already stays.
   *
   * @throws IllegalStateException if the application has started: calls of the source's tools may
   *     be run by any process, so that each must have it from its start
   */
  public void add(ToolSource source) {
    if (complete && !offered.has(source)) {
      throw new IllegalStateException(
          "Tools must be guarded while beans are made, once for each provider; this application has"
              + " started.");
    }
    offered.add(source);
  }

  /** No more sources come. */
  public void complete() {
    complete = true;
  }

  /** Whether no more sources can come, for the application has started. */
  public boolean isComplete() {
    return complete;
  }

  /** Whether there is anything that offers tools. */
  public boolean hasSources() {
    return offered.haveSources();
  }

  /**
   * Says which of the tools of a source are guarded, and knows these in that form from now on.
   *
   * @param source one that was added
   * @param all that it offers right now
   * @return what becomes of each, in the same order
   */
  public List<Admission> admit(ToolSource source, List<OfferedTool> all) {
    return offered.admit(source, all);
  }

  /**
   * Asks all sources for their tools. One that can't be asked is in nobody's way.
   *
   * @return what is wrong with those that are to be guarded, each a sentence
   */
  public List<String> askSources() {
    return offered.askForFaults();
  }

  /**
   * Whether approvals of calls of any tool may be remembered, in whatever process: what a source
   * offers another one needn't be known here.
   */
  boolean mayRemember() {
    return tools.values().stream().anyMatch(tool -> tool.remember() != null)
        || (offered.haveSources() && settings.mayRememberOffered());
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** What is wrong with the methods that were added, each a sentence. */
  public synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /** What the provider allows a message to have. */
  MessageRules rules() {
    return rules;
  }

  /** Whether messages end in a code, where it fits. */
  boolean hasCodes() {
    return codes;
  }

  /** The method of a tool; empty: there is none of that name. */
  public Optional<GuardedMethod> method(String name) {
    return Optional.ofNullable(tools.get(name)).flatMap(ToolRegistry::method);
  }

  /** The methods of all. */
  public List<GuardedMethod> methods() {
    return tools.values().stream().flatMap(tool -> method(tool).stream()).toList();
  }

  private static Optional<GuardedMethod> method(GuardedTool tool) {
    return tool.signature() instanceof GuardedMethod method
        ? Optional.of(method)
        : Optional.empty();
  }

  /** The names of all tools that are known by now, in their order. */
  public List<String> names() {
    return Stream.concat(tools.keySet().stream(), offered.names().stream()).sorted().toList();
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

  /** As it is known by now. */
  Optional<GuardedTool> find(String name) {
    return Optional.ofNullable(tools.get(name)).or(() -> offered.find(name));
  }

  /**
   * As it is right now, to be run.
   *
   * @param timeout the longest that the run may take; finding it out takes half of it at most
   */
  Optional<GuardedTool> findToRun(String name, Duration timeout) {
    return Optional.ofNullable(tools.get(name))
        .or(() -> offered.askFor(name, timeout.dividedBy(2)));
  }
}
