package dev.countersign.guard;

import dev.countersign.workflow.DetailsTable;
import org.jspecify.annotations.Nullable;

/** The current details of a call for the Web UI: a small Markdown table. */
final class CallDetails {
  private CallDetails() {}

  static String of(CallState state, @Nullable CallEnd end) {
    return new DetailsTable()
        .row("Status", state.status())
        .row("Code", state.code())
        .row("Tool", state.tool())
        .row("Arguments", DetailsTable.shortened(state.arguments()))
        .row(state.runsAtOnce() ? "Not asked" : "Shown on the device", state.message())
        .row("Covered by", coveredBy(state))
        .row("Requested", state.requestedAt())
        .row("Expires", state.expiresAt())
        .row("Decided", state.decidedAt())
        .row("Done", state.doneAt())
        .row("Ended", state.endedAt())
        .row("Told to the user", end == null ? null : end.sentence())
        .row("For the operator", end == null ? null : end.operatorSentence())
        .toString();
  }

  private static @Nullable String coveredBy(CallState state) {
    CoveredBy approval = state.coveredBy();
    return approval == null
        ? null
        : "the approval of %s, %s".formatted(approval.callId(), approval.approvedAt());
  }
}
