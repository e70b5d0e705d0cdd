package dev.countersign.app.log;

import ch.qos.logback.classic.PatternLayout;

/**
 * Text in which nothing can pass for another line, or be hidden: line breaks, other controls and
 * bidirectional overrides are written as <code>&#92;n</code>, <code>&#92;t</code> or <code>
 * &#92;uXXXX</code>.
 */
public final class EscapedText {
  /** Stands for an exception in the pattern of a line, once {@link #inLogs} was called. */
  public static final String EXCEPTION = "escapedEx";

  /** Stands for the call or the conversation that a line is about, and for its trace. */
  public static final String WORKFLOW = "workflow";

  /** Name in SLF4J's MDC, under which Temporal's SDK has it too. */
  static final String WORKFLOW_ID = "WorkflowId";

  private EscapedText() {}

  /**
   * Has each log that is written as lines of text from now on escape its messages, and know {@link
   * #EXCEPTION}, which does so with what exceptions say, and {@link #WORKFLOW}. Structured logs
   * need none of them.
   */
  public static void inLogs() {
    for (String word : new String[] {"m", "msg", "message"}) {
      PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put(word, EscapedMessage::new);
    }
    PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put(EXCEPTION, EscapedThrowable::new);
    PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put(WORKFLOW, WorkflowWord::new);
  }

  static String of(String text) {
    return text.codePoints().allMatch(EscapedText::isHarmless) ? text : escaped(text);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(character -> {
          if (isHarmless(character)) {
            escaped.appendCodePoint(character);
          } else {
            escaped.append(escape(character));
          }
        });
    return escaped.toString();
  }

  private static String escape(int character) {
    return switch (character) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          character <= Character.MAX_VALUE
              ? "\\u%04X".formatted(character)
              : "\\u{%X}".formatted(character);
    };
  }

  /** Not a control, a format character, a separator of lines, nor half a character. */
  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
