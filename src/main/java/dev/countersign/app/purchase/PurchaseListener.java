package dev.countersign.app.purchase;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;

/** A workflow that asked for a purchase and is told what becomes of it. */
@WorkflowInterface
public interface PurchaseListener {

  /** Something to tell the user before it happens: the phone is about to ring again. */
  @SignalMethod(name = "purchaseNotice")
  void purchaseNotice(PurchaseNotice notice);

  /**
   * The purchase has ended; sent once, but delivered at least once: keep to the first. An unknown
   * outcome that has become clear is sent likewise, as {@link PurchaseEnded#isSettled}.
   */
  @SignalMethod(name = "purchaseEnded")
  void purchaseEnded(PurchaseEnded ended);
}
