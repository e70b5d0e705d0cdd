package dev.countersign.app.chat;

import dev.countersign.app.purchase.PurchaseStatus;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;

/** What a test does to a purchase. */
@WorkflowInterface
public interface PurchaseFate {
  /** The phone is about to ring again. */
  @SignalMethod
  void notice(String text);

  /** The shop is being told. */
  @SignalMethod
  void order();

  /** Ends without a word, as one that Temporal terminates. */
  @SignalMethod
  void fail();

  /** Ends, and says so that many times. */
  @SignalMethod
  void end(PurchaseStatus status, String toolResult, String sentence, int times);
}
