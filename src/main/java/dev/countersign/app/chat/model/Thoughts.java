package dev.countersign.app.chat.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The thoughts in a text, by the marks around them. Each mark is looked for once from the beginning
 * to the end: a pattern would read to the end again for each thought that isn't ended.
 */
final class Thoughts {
  /** Names of the tags around thoughts. */
  static final String TAGS = "think|thinking|thought|thoughts|reasoning|reflection";

  private static final String FINAL = "<|end|>";
  private static final String NEXT = "<|start|>";

  /** As DeepSeek, Qwen and others think; Kimi; Cohere; Magistral; gpt-oss, unread by its server. */
  private static final Pattern OPENING =
      Pattern.compile(
          "(?i)<(?<tag>"
              + TAGS
              + ")>|(?<kimi>◁think▷)|(?<cohere><\\|START_THINKING\\|>)|(?<magistral>\\[THINK])"
              + "|<\\|channel\\|>analysis<\\|message\\|>");

  private final String text;
  private final int beginning;
  private final Map<String, Integer> next = new HashMap<>();

  private Thoughts(String text) {
    this.text = text;
    this.beginning = text.length() - text.stripLeading().length();
  }

  /** From where to where one goes. */
  record Thought(int from, int to) {}

  /** All, in their order. */
  static List<Thought> in(String text) {
    Thoughts thoughts = new Thoughts(text);
    List<Thought> found = new ArrayList<>();
    Matcher opening = OPENING.matcher(text);
    int at = 0;
    while (opening.find(at)) {
      int end = thoughts.end(opening);
      at = opening.end();
      if (end >= at) {
        found.add(new Thought(opening.start(), end));
        at = end;
      }
    }
    return found;
  }

  /** Where a thought ends; −1: it is none, for it doesn't end. */
  private int end(Matcher opening) {
    int from = opening.end();
    String tag = opening.group("tag");
    if (tag != null) {
      int end = behind("</" + tag + ">", from);
      return end < 0 && opening.start() == beginning ? text.length() : end;
    }
    if (opening.group("kimi") != null) {
      return behind("◁/think▷", from);
    }
    if (opening.group("cohere") != null) {
      return behind("<|END_THINKING|>", from);
    }
    if (opening.group("magistral") != null) {
      int end = behind("[/THINK]", from);
      return end < 0 ? text.length() : end;
    }
    int end = behind(FINAL, from);
    int start = behind(NEXT, from);
    int first = Math.min(end < 0 ? text.length() : end, start < 0 ? text.length() : start);
    return first == start ? start - NEXT.length() : first;
  }

  /** Behind the next mark, in any case of letters; −1: there is none. */
  private int behind(String mark, int from) {
    int known = next.getOrDefault(mark, 0);
    if (known >= 0 && known - mark.length() < from) {
      Matcher found =
          Pattern.compile(mark, Pattern.LITERAL | Pattern.CASE_INSENSITIVE).matcher(text);
      known = found.find(from) ? found.end() : -1;
      next.put(mark, known);
    }
    return known;
  }
}
