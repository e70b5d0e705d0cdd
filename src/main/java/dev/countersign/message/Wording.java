package dev.countersign.message;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private static final int LEAST_OF_A_TEXT = 5;

  private final String template;
  private final List<Part> parts;

  sealed interface Part {
    /** 0: always there; others: the number of the section that it stands and falls with. */
    int section();
  }

  record Fixed(String text, int section) implements Part {}

  record Placeholder(String name, Shown.Kind kind, int section) implements Part {}

  private Wording(String template, List<Part> parts) {
    this.template = template;
    this.parts = parts;
  }

  /** What came of wording a message. */
  public sealed interface Result {
    /** The message; but for what may be shortened, it shows every value whole. */
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

  /** Characters of the message with all of its parts and the shortest useful values. */
  public int leastLength() {
    return parts.stream()
        .mapToInt(part ->
            switch (part) {
              case Fixed(var text, _) -> text.codePointCount(0, text.length());
              case Placeholder placeholder ->
                  placeholder.kind == Shown.Kind.TEXT ? LEAST_OF_A_TEXT : 1;
            })
        .sum();
  }

  /** The characters of its own that a provider doesn't allow; empty: it can be shown there. */
  public String foreign(MessageRules rules) {
    AllowedCharacters allowed = new AllowedCharacters(rules.characters(), rules.replacement());
    return allowed.without(
        parts.stream()
            .filter(Fixed.class::isInstance)
            .map(part -> Phrasing.spaced(((Fixed) part).text, allowed))
            .collect(Collectors.joining()));
  }

  /**
   * Words the message for some values.
   *
   * @param value by its name; null: there is none
   * @param cuttable names of free texts that the user sees whole elsewhere: they may be shortened
   */
  public Result word(
      Function<String, @Nullable Shown> value, MessageRules rules, Set<String> cuttable) {
    return new Phrasing(parts, rules).word(value, cuttable);
  }

  @Override
  public String toString() {
    return template;
  }
}
