package dev.countersign.guard;

import org.jspecify.annotations.Nullable;

/** The current details of a call for the Web UI: a small Markdown table. */
final class CallDetails {
  private CallDetails() {}

  static String of(CallState state, @Nullable CallEnd end) {
    StringBuilder table = new StringBuilder("| | |\n|---|---|\n");
    row(table, "Status", state.status());
    row(table, "Code", state.code());
    row(table, "Tool", state.tool());
    row(table, "Arguments", state.arguments());
    row(table, "Shown on the device", state.message());
    row(table, "Requested", state.requestedAt());
    row(table, "Expires", state.expiresAt());
    row(table, "Decided", state.decidedAt());
    row(table, "Done", state.doneAt());
    row(table, "Ended", state.endedAt());
    row(table, "Told to the user", end == null ? null : end.sentence());
    row(table, "For the operator", end == null ? null : end.operatorSentence());
    return table.toString();
  }

  private static void row(StringBuilder table, String name, @Nullable Object value) {
    if (value != null) {
      table.append("| ").append(name).append(" | ").append(plain(value)).append(" |\n");
    }
  }

  /** Text of a user's or a provider's must not become Markdown. */
  private static String plain(Object value) {
    return value
        .toString()
        .replaceAll("\\s+", " ")
        .replaceAll("([\\\\`*_{}\\[\\]<>()#!|~])", "\\\\$1");
  }
}
