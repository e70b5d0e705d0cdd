package dev.countersign.workflow;

import java.nio.charset.StandardCharsets;

/** A line of text for Temporal's Web UI. */
public final class Summary {
  /**
   * The server takes 400 bytes of a payload. Of these, JSON takes 30, and 130 more tell of the seal
   * and its key where payloads are sealed.
   */
  private static final int MOST_BYTES = 240;

  private static final String ELLIPSIS = "…";

  private Summary() {}

  /** In one line, and cut where it is too long; what it is about comes last. */
  public static String of(String text) {
    return cut(text.replaceAll("\\s+", " ").strip(), MOST_BYTES);
  }

  /** The beginning of a text, with an ellipsis if there is more. */
  static String cut(String text, int mostBytes) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      bytes += Character.toString(text.codePointAt(i)).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > mostBytes) {
        return text.substring(0, i) + ELLIPSIS;
      }
    }
    return text;
  }
}
