package dev.countersign.message;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The wording of a binding message: text with the names of values in braces, {@code Transfer
 * {amount} EUR to {iban}}. What stands in square brackets is left out if a value in it is missing:
 * {@code Buy {qty} {product}[ for at most {priceLimit}]}. Made so that no value can pass for
 * another part of the message; whatever can't be shown whole is refused.
 */
public final class Wording {
  private static final Pattern SECTION = Pattern.compile("\\[([^\\[\\]]*)]");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

  /** Ends in a digit, or in what would join one. */
  private static final Pattern ENDS_NUMERIC = Pattern.compile("[\\p{N}.,+\\-]$");

  private static final Pattern BEGINS_NUMERIC = Pattern.compile("^(\\p{N}|[.,]\\S)");

  /** Text that keeps two numbers apart has a letter, or a sign that is no separator. */
  private static final Pattern SEPARATORS_ONLY = Pattern.compile("[\\s_.,\\-+]*");

  private final String template;
  private final List<Part> parts;

  private sealed interface Part {
    /** 0: always there; others: the number of the section that it stands and falls with. */
    int section();
  }

  private record Fixed(String text, int section) implements Part {}

  private record Placeholder(String name, Shown.Kind kind, int section) implements Part {}

  private Wording(String template, List<Part> parts) {
    this.template = template;
    this.parts = parts;
  }

  /** What came of wording a message. */
  public sealed interface Result {
    /** The message, which shows every value whole. */
    record Worded(String message) implements Result {}

    /**
     * Nobody can be asked so.
     *
     * @param problem why, a sentence without its stop
     */
    record Refused(String problem) implements Result {}
  }

  /**
   * Reads a template.
   *
   * @param kinds of all values that may be named, by their names; each stands there at most once
   * @throws IllegalArgumentException if it is none, names another value, or would let two values
   *     run into each other; the message begins with the rule: {@code must close each { by a }}
   */
  public static Wording parse(String template, Map<String, Shown.Kind> kinds) {
    String mandatory = SECTION.matcher(template).replaceAll("");
    require(
        mandatory.chars().noneMatch(c -> c == '[' || c == ']'),
        "close each [ by a ], none inside another",
        template);
    require(
        PLACEHOLDER.matcher(template).replaceAll("").chars().noneMatch(c -> c == '{' || c == '}'),
        "close each { by a }",
        template);
    List<Part> parts = new ArrayList<>();
    Matcher sections = SECTION.matcher(template);
    int from = 0;
    int number = 0;
    while (sections.find()) {
      read(template.substring(from, sections.start()), 0, kinds, template, parts);
      String inside = Objects.requireNonNull(sections.group(1));
      require(
          PLACEHOLDER.matcher(inside).find(),
          "name a value in each pair of square brackets",
          template);
      number++;
      read(inside, number, kinds, template, parts);
      from = sections.end();
    }
    read(template.substring(from), 0, kinds, template, parts);
    Wording wording = new Wording(template, List.copyOf(parts));
    wording.requireApart();
    return wording;
  }

  private static void read(
      String text, int section, Map<String, Shown.Kind> kinds, String template, List<Part> parts) {
    Matcher placeholders = PLACEHOLDER.matcher(text);
    int from = 0;
    while (placeholders.find()) {
      if (placeholders.start() > from) {
        parts.add(new Fixed(text.substring(from, placeholders.start()), section));
      }
      String name = Objects.requireNonNull(placeholders.group(1));
      Shown.Kind kind = kinds.get(name);
      if (kind == null) {
        throw new IllegalArgumentException(
            "must name nothing but %s in braces, but is \"%s\""
                .formatted(
                    kinds.keySet().stream()
                        .map(known -> "{" + known + "}")
                        .collect(Collectors.joining(", ")),
                    template));
      }
      require(
          parts.stream().noneMatch(part -> part instanceof Placeholder p && p.name.equals(name)),
          "name {" + name + "} only once",
          template);
      parts.add(new Placeholder(name, kind, section));
      from = placeholders.end();
    }
    if (from < text.length()) {
      parts.add(new Fixed(text.substring(from), section));
    }
  }

  private static void require(boolean condition, String rule, String template) {
    if (!condition) {
      throw new IllegalArgumentException("must " + rule + ", but is \"" + template + "\"");
    }
  }

  /** Every combination of sections that can be shown must keep its values apart. */
  private void requireApart() {
    int sections = parts.stream().mapToInt(Part::section).max().orElse(0);
    require(sections <= 8, "have at most 8 parts in square brackets", template);
    for (int shown = 0; shown < 1 << sections; shown++) {
      int those = shown;
      requireApart(
          parts.stream()
              .filter(part -> part.section() == 0 || (those >> (part.section() - 1) & 1) == 1)
              .toList());
    }
  }

  private void requireApart(List<Part> shown) {
    Placeholder before = null;
    StringBuilder between = new StringBuilder();
    for (Part part : shown) {
      switch (part) {
        case Fixed(var text, _) -> between.append(text);
        case Placeholder next -> {
          requireApart(before, between.toString(), next);
          before = next;
          between.setLength(0);
        }
      }
    }
    require(
        before == null
            || before.kind != Shown.Kind.NUMBER
            || !BEGINS_NUMERIC.matcher(between).find(),
        "keep {" + (before == null ? "" : before.name) + "} apart from other digits",
        template);
  }

  private void requireApart(@Nullable Placeholder before, String between, Placeholder next) {
    boolean number = next.kind == Shown.Kind.NUMBER;
    require(
        !number || between.isEmpty() || !ENDS_NUMERIC.matcher(between).find(),
        "keep {" + next.name + "} apart from other digits",
        template);
    if (before == null) {
      return;
    }
    require(
        before.kind != Shown.Kind.NUMBER || !BEGINS_NUMERIC.matcher(between).find(),
        "keep {" + before.name + "} apart from other digits",
        template);
    boolean quantity =
        before.kind == Shown.Kind.NUMBER && next.kind == Shown.Kind.TEXT && !between.isEmpty();
    require(
        quantity || !SEPARATORS_ONLY.matcher(between).matches(),
        "have a word between {%s} and {%s}".formatted(before.name, next.name),
        template);
  }

  /** The names of the values that it shows, whether always or not. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part instanceof Placeholder placeholder) {
        names.add(placeholder.name);
      }
    }
    return names;
  }

  /** The names of the values without which there is no message. */
  public Set<String> needed() {
    Set<String> names = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part instanceof Placeholder placeholder && placeholder.section == 0) {
        names.add(placeholder.name);
      }
    }
    return names;
  }

  /** The characters of its own that a provider doesn't allow; empty: it can be shown there. */
  public String foreign(MessageRules rules) {
    AllowedCharacters allowed = new AllowedCharacters(rules.characters(), rules.replacement());
    return allowed.without(
        parts.stream()
            .filter(Fixed.class::isInstance)
            .map(part -> spaced(((Fixed) part).text, allowed))
            .collect(Collectors.joining()));
  }

  /** Where no spaces are allowed, what stands for them is. */
  private static String spaced(String text, AllowedCharacters allowed) {
    return allowed.contains(' ') ? text : text.replace(" ", allowed.gap(true));
  }

  /**
   * Words the message for some values.
   *
   * @param value by its name; null: there is none
   */
  public Result word(Function<String, @Nullable Shown> value, MessageRules rules) {
    AllowedCharacters allowed = new AllowedCharacters(rules.characters(), rules.replacement());
    Set<Integer> absent = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part instanceof Placeholder placeholder && value.apply(placeholder.name) == null) {
        if (placeholder.section == 0) {
          return new Result.Refused(placeholder.name + " is missing");
        }
        absent.add(placeholder.section);
      }
    }
    for (Part part : parts) {
      if (part instanceof Placeholder placeholder
          && absent.contains(placeholder.section)
          && value.apply(placeholder.name) != null) {
        return new Result.Refused(
            "%s could not be shown, since another value in the same square brackets is missing"
                .formatted(placeholder.name));
      }
    }
    StringBuilder message = new StringBuilder();
    @Nullable Placeholder before = null;
    for (Part part : parts) {
      if (absent.contains(part.section())) {
        continue;
      }
      switch (part) {
        case Fixed(var text, _) -> {
          message.append(spaced(text, allowed));
          before = letters(text) ? null : before;
        }
        case Placeholder placeholder -> {
          Shown shown = Objects.requireNonNull(value.apply(placeholder.name));
          Optional<String> problem = imitation(placeholder, shown);
          if (problem.isPresent()) {
            return new Result.Refused(problem.get());
          }
          Optional<String> text = written(shown, allowed);
          if (text.isEmpty()) {
            return new Result.Refused(
                "%s \"%s\" can't be shown in the characters that the identity provider allows"
                    .formatted(placeholder.name, shown.text()));
          }
          problem = imitation(placeholder, new Shown(shown.kind(), text.get()));
          if (problem.isPresent()) {
            return new Result.Refused(problem.get());
          }
          if (before != null
              && before.kind == Shown.Kind.NUMBER
              && placeholder.kind == Shown.Kind.TEXT
              && Imitation.beginsAsNumber(text.get())) {
            if (!allowed.contains('x')) {
              return new Result.Refused(
                  "%s \"%s\" would read as a part of the number before it"
                      .formatted(placeholder.name, shown.text()));
            }
            message.append('x').append(allowed.gap(true));
          }
          message.append(text.get());
          before = placeholder;
        }
      }
    }
    int length = message.codePointCount(0, message.length());
    return length > rules.maxLength()
        ? new Result.Refused(
            "the message would have %d characters, but the identity provider shows %d"
                .formatted(length, rules.maxLength()))
        : new Result.Worded(message.toString());
  }

  private static boolean letters(String text) {
    return text.codePoints().anyMatch(Character::isLetter);
  }

  private static Optional<String> written(Shown shown, AllowedCharacters allowed) {
    return switch (shown.kind()) {
      case TEXT -> ShowableName.of(shown.text(), allowed);
      case NUMBER, EXACT ->
          allowed.without(shown.text()).isEmpty() && !shown.text().isEmpty()
              ? Optional.of(shown.text())
              : Optional.empty();
    };
  }

  /** Why free text could pass for another part of this message. */
  private Optional<String> imitation(Placeholder placeholder, Shown shown) {
    if (shown.kind() != Shown.Kind.TEXT) {
      return Optional.empty();
    }
    List<String> following =
        parts.subList(parts.indexOf(placeholder) + 1, parts.size()).stream()
            .filter(Fixed.class::isInstance)
            .map(part -> ((Fixed) part).text)
            .toList();
    boolean numbers =
        parts.stream()
            .anyMatch(part -> part instanceof Placeholder other && other.kind == Shown.Kind.NUMBER);
    return new Imitation(following, numbers)
        .of(shown.text())
        .map(problem -> "%s \"%s\" %s".formatted(placeholder.name, shown.text(), problem));
  }

  @Override
  public String toString() {
    return template;
  }
}
