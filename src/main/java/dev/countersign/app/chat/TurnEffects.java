package dev.countersign.app.chat;

import dev.countersign.app.purchase.Purchase;
import java.util.ArrayList;
import java.util.List;

/** What a turn has done so far, for whoever must say so when the model doesn't. */
final class TurnEffects {
  private final List<Purchase> started = new ArrayList<>();
  private final List<Purchase> cancelled = new ArrayList<>();
  private final List<String> rejections = new ArrayList<>();

  void started(Purchase purchase) {
    started.add(purchase);
  }

  void cancelled(Purchase purchase) {
    cancelled.add(purchase);
  }

  /** One that was started turned out to be impossible at once; a sentence says why. */
  void rejected(Purchase purchase, String sentence) {
    started.remove(purchase);
    rejections.add(purchase.summary() + ": " + sentence);
  }

  /** What was asked for can't be; a sentence says why. */
  void rejected(String sentence) {
    rejections.add(sentence);
  }

  /** Why purchases of this turn ended at once. */
  List<String> rejections() {
    return List.copyOf(rejections);
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
    return started.isEmpty() && cancelled.isEmpty() && rejections.isEmpty();
  }
}
