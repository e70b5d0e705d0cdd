package dev.countersign.chat;

import dev.countersign.purchase.Purchase;
import java.util.ArrayList;
import java.util.List;

/** What a turn has done so far, for whoever must say so when the model doesn't. */
final class TurnEffects {
  private final List<Purchase> started = new ArrayList<>();
  private final List<Purchase> cancelled = new ArrayList<>();

  void started(Purchase purchase) {
    started.add(purchase);
  }

  void cancelled(Purchase purchase) {
    cancelled.add(purchase);
  }

  /** Those whose approval was asked for. */
  List<Purchase> started() {
    return List.copyOf(started);
  }

  /** Those that were taken back. */
  List<Purchase> cancelled() {
    return List.copyOf(cancelled);
  }

  boolean isNone() {
    return started.isEmpty() && cancelled.isEmpty();
  }
}
