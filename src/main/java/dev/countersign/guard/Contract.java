package dev.countersign.guard;

import dev.countersign.message.MessageRules;
import dev.countersign.message.Shown;
import dev.countersign.message.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a user sees of the calls of one tool: each argument stands in the message or the details, or
 * is named as unseen.
 */
final class Contract {
  private final Map<String, Leaf> leaves;
  private final Wording wording;
  private final @Nullable DetailsTemplate details;

  private Contract(Map<String, Leaf> leaves, Wording wording, @Nullable DetailsTemplate details) {
    this.leaves = leaves;
    this.wording = wording;
    this.details = details;
  }

  /** A contract, or why there can be none. */
  sealed interface Result {
    record Made(Contract contract) implements Result {}

    /** Each a sentence. */
    record Faulty(List<String> faults) implements Result {}
  }

  /**
   * Of a tool.
   *
   * @param tool what is said of its calls
   * @param rules what the provider allows a message to have
   */
  static Result of(ToolSignature signature, ToolRules tool, MessageRules rules) {
    Map<String, Leaf> leaves = new LinkedHashMap<>();
    signature.leaves().forEach(leaf -> leaves.put(leaf.path(), leaf));
    List<String> faults = new ArrayList<>();
    Wording wording = wording(signature, tool, leaves, rules, faults);
    DetailsTemplate details = details(signature, tool, leaves, faults);
    if (wording != null) {
      faults.addAll(unseen(signature, tool, leaves.keySet(), wording, details));
    }
    return wording == null || !faults.isEmpty()
        ? new Result.Faulty(faults)
        : new Result.Made(new Contract(leaves, wording, details));
  }

  private static @Nullable Wording wording(
      ToolSignature signature,
      ToolRules tool,
      Map<String, Leaf> leaves,
      MessageRules rules,
      List<String> faults) {
    Map<String, Shown.Kind> kinds = new LinkedHashMap<>();
    leaves.forEach((path, leaf) -> {
      if (leaf.kind() != null) {
        kinds.put(path, leaf.kind());
      }
    });
    try {
      Wording wording = Wording.parse(tool.message(), kinds);
      String foreign = wording.foreign(rules);
      if (!foreign.isEmpty()) {
        faults.add(
            ("The message of %s must have characters only that the identity provider allows, but"
                    + " \"%s\" has \"%s\".")
                .formatted(signature.place(), wording, foreign));
      }
      int least = wording.leastLength();
      if (least > rules.maxLength()) {
        faults.add(
            ("The message of %s, \"%s\", takes %d characters or more with its values, but the identity"
                    + " provider shows %d.")
                .formatted(signature.place(), wording, least, rules.maxLength()));
      }
      return wording;
    } catch (IllegalArgumentException e) {
      faults.add("The message of %s %s.".formatted(signature.place(), e.getMessage()));
      return null;
    }
  }

  private static @Nullable DetailsTemplate details(
      ToolSignature signature, ToolRules tool, Map<String, Leaf> leaves, List<String> faults) {
    String template = tool.details();
    if (template.isEmpty()) {
      return null;
    }
    try {
      DetailsTemplate details = DetailsTemplate.parse(template);
      details.namesInText().stream()
          .filter(name -> !leaves.containsKey(name) || leaves.get(name).kind() == null)
          .forEach(name ->
              faults.add(
                  "The details of %s have {%s} within a text, which only a single value can stand in."
                      .formatted(signature.place(), name)));
      details.names().stream()
          .filter(name -> leaves.keySet().stream().noneMatch(path -> isWithin(path, name)))
          .forEach(name ->
              faults.add(
                  "The details of %s name {%s}, which is none of its arguments."
                      .formatted(signature.place(), name)));
      return details;
    } catch (IllegalArgumentException e) {
      faults.add("The details of %s %s.".formatted(signature.place(), e.getMessage()));
      return null;
    }
  }

  private static List<String> unseen(
      ToolSignature signature,
      ToolRules tool,
      Set<String> paths,
      Wording wording,
      @Nullable DetailsTemplate details) {
    List<String> faults = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>(wording.names());
    if (details != null) {
      seen.addAll(details.names());
    }
    List<String> unseen = tool.unseen();
    unseen.stream()
        .filter(name -> paths.stream().noneMatch(path -> isWithin(path, name)))
        .forEach(name ->
            faults.add(
                "%s names %s as unseen, which is none of its arguments."
                    .formatted(signature.place(), name)));
    paths.stream()
        .filter(path -> seen.stream().noneMatch(name -> isWithin(path, name)))
        .filter(path -> unseen.stream().noneMatch(name -> isWithin(path, name)))
        .forEach(path ->
            faults.add(
                ("The argument %s of %s would be approved unseen: put {%s} into the message or the"
                        + " details, or name it in unseen, if whoever calls may choose it freely.")
                    .formatted(path, signature.place(), path)));
    return faults;
  }

  /** Whether a name means that value, or a record that it is part of. */
  private static boolean isWithin(String path, String name) {
    return path.equals(name) || path.startsWith(name + ".");
  }

  /** What the user's device shows for some arguments. */
  Wording.Result message(FrozenArguments arguments, MessageRules rules) {
    return wording.word(
        path -> {
          Leaf leaf = leaves.get(path);
          return leaf == null ? null : arguments.shown(leaf).orElse(null);
        },
        rules,
        inDetails());
  }

  /** What the details show whole may be shortened in the message. */
  private Set<String> inDetails() {
    if (details == null) {
      return Set.of();
    }
    Set<String> names = details.names();
    return leaves.keySet().stream()
        .filter(path -> names.stream().anyMatch(name -> isWithin(path, name)))
        .collect(Collectors.toSet());
  }

  /** The authorization details; null: none are sent. */
  @Nullable String details(FrozenArguments arguments) {
    return details == null ? null : details.fill(arguments);
  }
}
