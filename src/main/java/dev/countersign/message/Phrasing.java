package dev.countersign.message;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a message's values in the characters that a provider allows. */
final class Phrasing {
  private final List<Wording.Part> parts;
  private final MessageRules rules;
  private final AllowedCharacters allowed;

  /** Of a message of these parts. */
  Phrasing(List<Wording.Part> parts, MessageRules rules) {
    this.parts = parts;
    this.rules = rules;
    this.allowed = new AllowedCharacters(rules.characters(), rules.replacement());
  }

  /** Where no spaces are allowed, what stands for them is. */
  static String spaced(String text, AllowedCharacters allowed) {
    return allowed.contains(' ') ? text : text.replace(" ", allowed.gap(true));
  }

  /**
   * The message for some values.
   *
   * @param cuttable names of free texts that may be shortened
   */
  Wording.Result word(Function<String, @Nullable Shown> value, Set<String> cuttable) {
    Set<Integer> absent = new LinkedHashSet<>();
    for (Wording.Placeholder placeholder : placeholders()) {
      if (value.apply(placeholder.name()) == null) {
        if (placeholder.section() == 0) {
          return new Wording.Result.Refused(placeholder.name() + " is missing");
        }
        absent.add(placeholder.section());
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Wording.Placeholder placeholder : placeholders()) {
      Shown shown = value.apply(placeholder.name());
      if (shown == null) {
        continue;
      }
      if (absent.contains(placeholder.section())) {
        return new Wording.Result.Refused(
            "%s could not be shown, since another value in the same square brackets is missing"
                .formatted(placeholder.name()));
      }
      switch (written(placeholder, shown)) {
        case Written.Text(var text) -> texts.put(placeholder.name(), text);
        case Written.Refused(var problem) -> {
          return new Wording.Result.Refused(problem);
        }
      }
    }
    return joined(absent, texts, cuttable);
  }

  private List<Wording.Placeholder> placeholders() {
    return parts.stream()
        .filter(Wording.Placeholder.class::isInstance)
        .map(Wording.Placeholder.class::cast)
        .toList();
  }

  private sealed interface Written {
    record Text(String text) implements Written {}

    record Refused(String problem) implements Written {}
  }

  private Written written(Wording.Placeholder placeholder, Shown shown) {
    Optional<String> problem = imitation(placeholder, shown, Imitation::of);
    if (problem.isPresent()) {
      return new Written.Refused(problem.get());
    }
    Optional<String> text = spelled(shown);
    if (text.isEmpty()) {
      return new Written.Refused(
          "%s \"%s\" can't be shown in the characters that the identity provider allows"
              .formatted(placeholder.name(), shown.text()));
    }
    return imitation(placeholder, new Shown(shown.kind(), text.get()), Imitation::ofShown)
        .<Written>map(Written.Refused::new)
        .orElseGet(() -> new Written.Text(text.get()));
  }

  private Optional<String> spelled(Shown shown) {
    return switch (shown.kind()) {
      case TEXT -> ShowableName.of(shown.text(), allowed);
      case NUMBER, EXACT ->
          allowed.without(shown.text()).isEmpty() && !shown.text().isEmpty()
              ? Optional.of(shown.text())
              : Optional.empty();
    };
  }

  /** Why free text could pass for another part of this message. */
  private Optional<String> imitation(
      Wording.Placeholder placeholder,
      Shown shown,
      BiFunction<Imitation, String, Optional<String>> check) {
    if (shown.kind() != Shown.Kind.TEXT) {
      return Optional.empty();
    }
    List<String> following =
        parts.subList(parts.indexOf(placeholder) + 1, parts.size()).stream()
            .filter(Wording.Fixed.class::isInstance)
            .map(part -> ((Wording.Fixed) part).text())
            .toList();
    boolean numbers = placeholders().stream().anyMatch(other -> other.kind() == Shown.Kind.NUMBER);
    return check
        .apply(new Imitation(following, numbers), shown.text())
        .map(problem -> "%s \"%s\" %s".formatted(placeholder.name(), shown.text(), problem));
  }

  private Wording.Result joined(
      Set<Integer> absent, Map<String, String> texts, Set<String> cuttable) {
    Wording.Result whole = joined(absent, texts);
    if (!(whole instanceof Wording.Result.Worded(var message)) || excess(message) <= 0) {
      return whole;
    }
    Optional<String> longest =
        placeholders().stream()
            .filter(placeholder -> placeholder.kind() == Shown.Kind.TEXT)
            .map(Wording.Placeholder::name)
            .filter(name -> cuttable.contains(name) && texts.containsKey(name))
            .max(Comparator.comparingInt(name -> texts.getOrDefault(name, "").length()));
    return longest
        .flatMap(name ->
            shortened(texts.getOrDefault(name, ""), excess(message))
                .map(text -> {
                  Map<String, String> shorter = new LinkedHashMap<>(texts);
                  shorter.put(name, text);
                  return joined(absent, shorter);
                }))
        .filter(
            result -> result instanceof Wording.Result.Worded(var shorter) && excess(shorter) <= 0)
        .orElseGet(() ->
            new Wording.Result.Refused(
                "the message would have %d characters, but the identity provider shows %d"
                    .formatted(length(message), rules.maxLength())));
  }

  private Optional<String> shortened(String text, int excess) {
    NameFitting fitting = new NameFitting(allowed);
    int room = text.length() - excess;
    return room < fitting.leastRoom() ? Optional.empty() : fitting.fit(text, room);
  }

  private int excess(String message) {
    return length(message) - rules.maxLength();
  }

  /** UTF-16 units, of which a text has at least as many as characters: nobody counts more. */
  private static int length(String message) {
    return message.length();
  }

  /** However long it gets. */
  private Wording.Result joined(Set<Integer> absent, Map<String, String> texts) {
    StringBuilder message = new StringBuilder();
    Wording.@Nullable Placeholder before = null;
    for (Wording.Part part : parts) {
      if (absent.contains(part.section())) {
        continue;
      }
      switch (part) {
        case Wording.Fixed(var text, _) -> {
          message.append(spaced(text, allowed));
          before = letters(text) ? null : before;
        }
        case Wording.Placeholder placeholder -> {
          String text = Objects.requireNonNull(texts.get(placeholder.name()));
          if (readsAsNumber(before, placeholder, text)) {
            if (!allowed.contains('x')) {
              return new Wording.Result.Refused(
                  "%s \"%s\" would read as a part of the number before it"
                      .formatted(placeholder.name(), text));
            }
            message.append('x').append(allowed.gap(true));
          }
          message.append(text);
          before = placeholder;
        }
      }
    }
    return new Wording.Result.Worded(message.toString());
  }

  private static boolean readsAsNumber(
      Wording.@Nullable Placeholder before, Wording.Placeholder placeholder, String text) {
    return before != null
        && before.kind() == Shown.Kind.NUMBER
        && placeholder.kind() == Shown.Kind.TEXT
        && Imitation.beginsAsNumber(text);
  }

  private static boolean letters(String text) {
    return text.codePoints().anyMatch(Character::isLetter);
  }
}
