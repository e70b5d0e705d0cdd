package dev.countersign.chat;

import static java.util.stream.Collectors.joining;

import dev.countersign.purchase.Purchase;
import java.util.List;

/** What is said to the user and the model in our own words. */
final class Sentences {
  private Sentences() {}

  /** The tool's result while the user decides. */
  static String approvalRequested(Purchase purchase) {
    return "Approval requested: the user's phone asks whether to buy "
        + purchase.summary()
        + ". Nothing is ordered yet; the outcome follows by itself.";
  }

  /** The tool's result when the purchase is none. */
  static String notStarted(Purchase purchase) {
    return "The purchase of "
        + purchase.summary()
        + " couldn't be started; nothing was ordered. The user can ask for it again.";
  }

  /** The answer of a turn in which the model gave up. */
  static String modelGaveUp(List<Purchase> started) {
    return started.isEmpty()
        ? "The model can't be reached; nothing was started, please send it again."
        : asked(started);
  }

  /** The answer of a turn in which the model called tools again and again. */
  static String tooManyRounds(List<Purchase> started) {
    return started.isEmpty()
        ? "I tried several times and did not get it right; nothing was started. Please say once"
            + " more what to buy and how many."
        : asked(started);
  }

  /** The answer of a turn in which the model said nothing. */
  static String modelSaidNothing(List<Purchase> started) {
    return started.isEmpty()
        ? "I have no answer to that; nothing was started. Please say it in other words."
        : asked(started);
  }

  private static String asked(List<Purchase> started) {
    return "I have asked your phone to approve "
        + started.stream().map(Purchase::summary).collect(joining(" and "))
        + ".";
  }
}
