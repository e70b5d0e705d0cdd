package dev.countersign.app.purchase;

import dev.countersign.workflow.DetailsTable;
import org.jspecify.annotations.Nullable;

/** The current details of a purchase for the Web UI: a small Markdown table. */
final class Details {
  private Details() {}

  static String of(PurchaseState state, @Nullable Outcome outcome) {
    return new DetailsTable()
        .row("Status", state.status())
        .row("Code", state.code())
        .row("Product", state.product())
        .row("Quantity", state.qty())
        .row("Price limit", state.priceLimit())
        .row("Shown on the phone", state.bindingMessage())
        .row("Requested", state.requestedAt())
        .row("Expires", state.expiresAt())
        .row("Decided", state.decidedAt())
        .row("Ordered", state.orderedAt())
        .row("Ended", state.endedAt())
        .row("Told to the user", outcome == null ? null : outcome.sentence())
        .row("For the operator", outcome == null ? null : outcome.operatorSentence())
        .toString();
  }
}
