package dev.countersign.workflow;

import org.jspecify.annotations.Nullable;

/** The current details of a workflow for the Web UI: a small Markdown table. */
public final class DetailsTable {
  private static final int MOST_BYTES_OF_A_VALUE = 4_000; // twice as many when all are escaped

  private final StringBuilder table = new StringBuilder("| | |\n|---|---|\n");

  /**
   * The beginning of a text that may be long: the server takes 20,000 bytes of a workflow's
   * details.
   */
  public static String shortened(String text) {
    return Summary.cut(text, MOST_BYTES_OF_A_VALUE);
  }

  /** Adds a row; null: there is nothing to tell. */
  public DetailsTable row(String name, @Nullable Object value) {
    if (value != null) {
      table.append("| ").append(name).append(" | ").append(plain(value)).append(" |\n");
    }
    return this;
  }

  /** Text of a user's or a provider's must not become Markdown. */
  public static String plain(Object value) {
    return value
        .toString()
        .replaceAll("\\s+", " ")
        .replaceAll("([\\\\`*_{}\\[\\]<>()#!|~])", "\\\\$1");
  }

  /** As Markdown. */
  @Override
  public String toString() {
    return table.toString();
  }
}
