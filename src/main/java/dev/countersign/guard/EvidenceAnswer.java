package dev.countersign.guard;

/** Whether there is evidence that a call was approved. */
public sealed interface EvidenceAnswer {
  /** There is. */
  record Kept(CallEvidence evidence) implements EvidenceAnswer {}

  /** There is no such call, or it was never approved, or by no evidence that is to be trusted. */
  record None() implements EvidenceAnswer {}

  /** The call hasn't ended. */
  record GoesOn(CallStatus status) implements EvidenceAnswer {}
}
