package dev.countersign.app.chat.model;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be shown of words that are still coming. Held back is what may yet turn out to be a
 * thought, the markup of a call or a sentence that something was done; it is shown when it has
 * turned out to be none, or with the whole answer.
 */
final class SpokenSoFar {
  /** No mark of a thought or a call is longer, so that what begins as one has shown itself. */
  private static final int LONGEST_MARK = 40;

  /**
   * Of what is shown while it comes; the answer itself is cut there too, and patterns take time.
   */
  private static final int MOST_SHOWN = 32_000;

  /** With which marks begin. */
  private static final Pattern MARK = Pattern.compile("[<\\[{`◁]|to=|```");

  private static final String FENCE = "```";

  /** A thought that has begun and not ended. */
  private static final Pattern OPEN_THOUGHT =
      Pattern.compile(
          "(?i)<("
              + Thoughts.TAGS
              + ")>|\\[THINK]|◁think▷"
              + "|<\\|START_THINKING\\|>|<\\|channel\\|>");

  private final Pattern call;
  private final ModelThoughts thoughts;

  /**
   * For a model that may call these tools.
   *
   * @param thoughts what is known of how its server passes on thoughts
   */
  SpokenSoFar(Collection<String> tools, ModelThoughts thoughts) {
    this.thoughts = thoughts;
    String names = tools.stream().map(Pattern::quote).collect(joining("|"));
    call = Pattern.compile("(?<!\\w)(" + names + ")\\s*(\\(|\\z)");
  }

  /** The words of a text that ends anywhere; empty: none may be shown yet. */
  String of(String text) {
    if (!thoughts.areTold(text)) {
      return "";
    }
    String all = SpokenWords.soFar(text);
    String said = all.substring(0, Math.min(all.length(), MOST_SHOWN));
    if (said.startsWith("{") || said.startsWith("[") || said.startsWith(FENCE)) {
      return "";
    }
    return Claims.before(said.substring(0, end(said))).strip();
  }

  private int end(String said) {
    int end = first(OPEN_THOUGHT, said, 0);
    end = Math.min(end, first(call, said, 0));
    if (ToolMarkup.isMarked(said)) {
      end = Math.min(end, first(MARK, said, 0));
    }
    int fence = said.lastIndexOf(FENCE);
    if (fence >= 0 && said.split(FENCE, -1).length % 2 == 0) { // it is open
      end = Math.min(end, fence);
    }
    return Math.min(end, first(MARK, said, Math.max(0, said.length() - LONGEST_MARK)));
  }

  private static int first(Pattern pattern, String text, int from) {
    Matcher found = pattern.matcher(text);
    return found.find(from) ? found.start() : text.length();
  }
}
