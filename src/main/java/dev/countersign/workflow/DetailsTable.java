package dev.countersign.workflow;

import org.jspecify.annotations.Nullable;

/** The current details of a workflow for the Web UI: a small Markdown table. */
public final class DetailsTable {
  private final StringBuilder table = new StringBuilder("| | |\n|---|---|\n");

  /** Adds a row; null: there is nothing to tell. */
  public DetailsTable row(String name, @Nullable Object value) {
    if (value != null) {
      table.append("| ").append(name).append(" | ").append(plain(value)).append(" |\n");
    }
    return this;
  }

  /** Text of a user's or a provider's must not become Markdown. */
  private static String plain(Object value) {
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
