package dev.countersign.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The guarded tools of sources, as they were offered last. */
final class OfferedTools {
  private static final Logger log = LoggerFactory.getLogger(OfferedTools.class);

  private static final String NOT_UNIQUE =
      "%s is said of two tools, but calls are known by that name: rename one where it is provided.";

  private final CopyOnWriteArrayList<ToolSource> sources = new CopyOnWriteArrayList<>();
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** What is wrong with tools, so that it is told once, and not in each turn. */
  private final Map<Told, List<String>> told = new ConcurrentHashMap<>();

  private final ToolMaker maker;
  private final ToolRules.Settings settings;
  private final Predicate<String> taken;

  private record Told(ToolSource source, String tool) {}

  /** Which source has offered a tool. */
  private record Known(ToolSource source, GuardedTool tool) {}

  /**
   * Knows none yet.
   *
   * @param settings say which are guarded
   * @param taken names that none of them may have
   */
  OfferedTools(ToolMaker maker, ToolRules.Settings settings, Predicate<String> taken) {
    this.maker = maker;
    this.settings = settings;
    this.taken = taken;
  }

  void add(ToolSource source) {
    sources.addIfAbsent(source);
  }

  boolean has(ToolSource source) {
    return sources.contains(source);
  }

  boolean haveSources() {
    return !sources.isEmpty();
  }

  Set<String> names() {
    return Set.copyOf(known.keySet());
  }

  /** As it was offered last; empty: there is none of that name. */
  Optional<GuardedTool> find(String name) {
    return Optional.ofNullable(known.get(name)).map(Known::tool);
  }

  /**
   * Takes tools in their newest form for those of their names, and logs what is wrong.
   *
   * @param offered all that the source offers right now
   * @return what becomes of each, in the same order
   */
  List<Admission> admit(ToolSource source, List<OfferedTool> offered) {
    List<Admitted> admitted = admitted(source, offered);
    admitted.forEach(each -> tell(source, each));
    return admitted.stream().map(Admitted::admission).toList();
  }

  private void tell(ToolSource source, Admitted admitted) {
    Told tool = new Told(source, admitted.name());
    if (!(admitted.admission() instanceof Admission.Faulty(var faults))) {
      told.remove(tool);
    } else if (!faults.equals(told.put(tool, faults))) {
      log.error(
          "The tool {} is kept from the model, for it is to be guarded but can't be: {}",
          admitted.name(),
          String.join(" ", faults));
    }
  }

  /**
   * What became of an offered tool.
   *
   * @param tool in the form in which it was offered; null: it isn't guarded
   */
  private record Admitted(String name, Admission admission, @Nullable GuardedTool tool) {}

  private List<Admitted> admitted(ToolSource source, List<OfferedTool> offered) {
    List<String> names = offered.stream().map(each -> each.signature().name()).toList();
    return offered.stream()
        .map(each -> admit(source, each, Collections.frequency(names, each.signature().name()) > 1))
        .toList();
  }

  private Admitted admit(ToolSource source, OfferedTool offered, boolean twice) {
    String name = offered.signature().name();
    String place = offered.signature().place();
    Optional<ToolRules> said;
    try {
      said = settings.ofOffered(name);
    } catch (IllegalArgumentException e) {
      return refused(source, name, List.of(String.valueOf(e.getMessage())));
    }
    if (said.isEmpty()) {
      Optional<String> evaded = offered.signature().nameBefore().filter(this::isSaid);
      return evaded.isEmpty()
          ? new Admitted(name, new Admission.Unguarded(), null)
          : refused(
              source,
              name,
              List.of(
                  ("countersign.tools.%s is said of a tool that is offered as %s, since two have"
                          + " that name: rename one where they are provided.")
                      .formatted(evaded.get(), name)));
    }
    if (!ToolRegistry.isName(name)) {
      return refused(
          source,
          name,
          List.of(
              ("%s is said of a tool that needs another name where it is provided: 1 to 40 letters,"
                      + " digits and _.")
                  .formatted(place)));
    }
    if (twice || taken.test(name)) {
      return refused(source, name, List.of(NOT_UNIQUE.formatted(place)));
    }
    return switch (make(offered, said.get())) {
      case ToolMaker.Result.Faulty(var faults) -> refused(source, name, faults);
      case ToolMaker.Result.Made(var tool) -> {
        Known now =
            known.merge(
                name,
                new Known(source, tool),
                (before, next) -> before.source.equals(source) ? next : before);
        yield now.source.equals(source)
            ? new Admitted(name, new Admission.Guarded(), tool)
            : new Admitted(name, new Admission.Faulty(List.of(NOT_UNIQUE.formatted(place))), null);
      }
    };
  }

  private boolean isSaid(String name) {
    try {
      return settings.ofOffered(name).isPresent();
    } catch (IllegalArgumentException _) { // it is, and wrong
      return true;
    }
  }

  private ToolMaker.Result make(OfferedTool offered, ToolRules said) {
    ToolSignature signature = offered.signature();
    return maker.make(
        signature, said, signature.place(), offered.invocation(), null, ArgumentCheck.NONE);
  }

  private Admitted refused(ToolSource source, String name, List<String> faults) {
    known.computeIfPresent(name, (_, before) -> before.source.equals(source) ? null : before);
    return new Admitted(name, new Admission.Faulty(faults), null);
  }

  /**
   * As it is offered right now; empty: it isn't, as far as can be known in time, or more than once,
   * so that nobody can tell which was approved.
   */
  Optional<GuardedTool> askFor(String name, Duration longest) {
    List<Admitted> found =
        asked(longest).stream()
            .flatMap(answer -> admitted(answer.source(), answer.offered()).stream())
            .filter(admitted -> admitted.name().equals(name))
            .toList();
    return found.size() == 1 ? Optional.ofNullable(found.getFirst().tool()) : Optional.empty();
  }

  /**
   * What a source offers right now.
   *
   * @param offered none where that can't be known
   */
  private record Answer(ToolSource source, List<OfferedTool> offered) {}

  /** All sources side by side: one that takes long must not use up the time of another's tool. */
  private List<Answer> asked(Duration longest) {
    List<ToolSource> asked = List.copyOf(sources);
    List<Callable<Answer>> questions =
        asked.stream()
            .<Callable<Answer>>map(source -> () -> new Answer(source, ask(source)))
            .toList();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer :
          threads.invokeAll(questions, longest.toMillis(), TimeUnit.MILLISECONDS)) {
        if (answer.state() == Future.State.SUCCESS) {
          answers.add(answer.resultNow());
        } else {
          log.warn("A tool provider hasn't said in {} which tools it has", longest);
        }
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      threads.shutdownNow();
    }
  }

  /** What is wrong with what is offered right now, each a sentence. */
  List<String> askForFaults() {
    return sources.stream()
        .flatMap(source -> admitted(source, ask(source)).stream())
        .flatMap(admitted ->
            admitted.admission() instanceof Admission.Faulty(var faults)
                ? faults.stream()
                : Stream.of())
        .distinct()
        .toList();
  }

  private static List<OfferedTool> ask(ToolSource source) {
    try {
      return source.ask();
    } catch (RuntimeException e) {
      log.warn("It can't be known right now which tools there are", e);
      return List.of();
    }
  }
}
