package dev.countersign.app.chat.transcript;

import dev.countersign.app.chat.transcript.Entry.ToolsCalled;
import java.util.regex.Pattern;

/**
 * Outcomes of calls in a transcript: each is kept as a call of its tool, made by nobody, with the
 * outcome as its result. The ids of these calls live in workflow histories: never change them.
 */
public final class Outcomes {
  private static final String ENDED = "outcome-";
  private static final String SETTLED = "settled-";
  private static final Pattern ID = Pattern.compile("(" + ENDED + "|" + SETTLED + ")\\d+");

  private Outcomes() {}

  /**
   * The id of an outcome.
   *
   * @param number of the call in its conversation
   * @param settled whether it was unknown before
   */
  public static String id(String number, boolean settled) {
    return (settled ? SETTLED : ENDED) + number;
  }

  /** Whether an id is one of an outcome. */
  public static boolean isIdOfOne(String id) {
    return ID.matcher(id).matches();
  }

  /** Whether what was called is an outcome. */
  public static boolean isOne(ToolsCalled called) {
    return called.calls().size() == 1 && isIdOfOne(called.calls().getFirst().id());
  }
}
