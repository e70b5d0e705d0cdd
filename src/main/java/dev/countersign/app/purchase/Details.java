package dev.countersign.app.purchase;

import org.jspecify.annotations.Nullable;

/** The current details of a purchase for the Web UI: a small Markdown table. */
final class Details {
  private Details() {}

  static String of(PurchaseState state, @Nullable Outcome outcome) {
    StringBuilder table = new StringBuilder("| | |\n|---|---|\n");
    row(table, "Status", state.status());
    row(table, "Code", state.code());
    row(table, "Product", state.product());
    row(table, "Quantity", state.qty());
    row(table, "Price limit", state.priceLimit());
    row(table, "Shown on the phone", state.bindingMessage());
    row(table, "Requested", state.requestedAt());
    row(table, "Expires", state.expiresAt());
    row(table, "Decided", state.decidedAt());
    row(table, "Ordered", state.orderedAt());
    row(table, "Ended", state.endedAt());
    row(table, "Told to the user", outcome == null ? null : outcome.sentence());
    row(table, "For the operator", outcome == null ? null : outcome.operatorSentence());
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
