package dev.countersign.app.chat.model;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Thoughts in what a model says that have a beginning. Each kind of end is looked for behind a
 * beginning once if there is none, so that a text of beginnings takes no longer than another.
 */
final class Thoughts {
  /** Names of the tags around thoughts. */
  static final List<String> TAGS =
      List.of("think", "thinking", "thought", "thoughts", "reasoning", "reflection");

  /** As DeepSeek, Qwen and others think; then Kimi, Command, Magistral; then gpt-oss, unread. */
  private static final Pattern BEGINNING =
      Pattern.compile(
          "(?i)<("
              + TAGS.stream().collect(joining("|"))
              + ")>|◁think▷|<\\|START_THINKING\\|>|\\[THINK]|<\\|channel\\|>analysis<\\|message\\|>");

  /** How a thought ends, by its beginning; {@code \z}: or not at all. */
  private static final Map<String, Pattern> ENDS = ends();

  private Thoughts() {}

  /**
   * Where one stands.
   *
   * @param end behind its last character
   */
  record Place(int start, int end) {}

  private static Map<String, Pattern> ends() {
    Map<String, Pattern> ends =
        new HashMap<>(
            TAGS.stream()
                .collect(
                    toMap(tag -> "<" + tag + ">", tag -> Pattern.compile("(?i)</" + tag + ">"))));
    ends.put("◁think▷", Pattern.compile("(?i)◁/think▷"));
    ends.put("<|start_thinking|>", Pattern.compile("(?i)<\\|END_THINKING\\|>"));
    ends.put("[think]", Pattern.compile("(?i)\\[/THINK]|\\z"));
    ends.put(
        "<|channel|>analysis<|message|>", Pattern.compile("(?i)<\\|end\\|>|(?=<\\|start\\|>)|\\z"));
    return Map.copyOf(ends);
  }

  /** Those of a text, in their order. One with which the text begins may have no end. */
  static List<Place> in(String text) {
    List<Place> places = new ArrayList<>();
    Set<Pattern> missing = new HashSet<>();
    Matcher beginning = BEGINNING.matcher(text);
    int from = 0;
    while (beginning.find(from)) {
      boolean isFirst = from == 0;
      from = beginning.end();
      Pattern ending = Objects.requireNonNull(ENDS.get(beginning.group().toLowerCase(Locale.ROOT)));
      Matcher end = ending.matcher(text);
      if (!missing.contains(ending) && end.find(from)) {
        from = end.end();
        places.add(new Place(beginning.start(), from));
      } else if (isFirst && beginsWithATag(text, beginning)) {
        return List.of(new Place(0, text.length()));
      } else {
        missing.add(ending);
      }
    }
    return places;
  }

  private static boolean beginsWithATag(String text, Matcher beginning) {
    return beginning.group(1) != null && text.substring(0, beginning.start()).isBlank();
  }
}
