package dev.countersign.app.chat;

import static java.util.stream.Collectors.joining;

import dev.countersign.app.purchase.Purchase;
import dev.countersign.app.purchase.PurchaseEnded;
import dev.countersign.app.purchase.PurchaseStatus;
import java.util.ArrayList;
import java.util.List;

/** What is said to the user and the model in our own words. */
final class Sentences {
  /** The result of {@code list_purchases} when it failed. */
  static final String NOT_LISTED =
      "The purchases can't be looked up at the moment; the user can ask again in a minute.";

  /** The result of {@code cancel_purchase} when it failed. */
  static final String CANCEL_UNKNOWN =
      "It is not known whether the purchase was cancelled. Look it up with list_purchases before"
          + " you say that it was.";

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

  /** The end of a purchase that couldn't tell it; what it did until then is in its state. */
  static PurchaseEnded stopped(String id, Purchase purchase) {
    String stopped = "The purchase of " + purchase.summary() + " was stopped from outside. ";
    return new PurchaseEnded(
        id,
        purchase,
        PurchaseStatus.OUTCOME_UNKNOWN,
        stopped
            + "It may have been ordered before: list_purchases says what is certain. The user"
            + " should look at its status before they buy again.",
        stopped
            + "It may have been ordered before; please look at its status before you buy again.");
  }

  /** The tool's result for a purchase of this conversation, which is told of its outcome. */
  static String beingCancelled(Purchase purchase) {
    return "Cancelling "
        + purchase.summary()
        + ": nothing will be ordered. The outcome follows by itself.";
  }

  /** The tool's result for a purchase of which this conversation hears no more. */
  static String cancelled(Purchase purchase) {
    return "Cancelled " + purchase.summary() + ": nothing was ordered.";
  }

  /** The answer of a turn in which the model gave up. */
  static String modelGaveUp(ModelTrouble trouble, TurnEffects effects) {
    return effects.isNone() ? nothingStarted(trouble) : done(effects);
  }

  private static String nothingStarted(ModelTrouble trouble) {
    return switch (trouble) {
      case AWAY -> "The model can't be reached; nothing was started, please send it again.";
      case NOT_SET_UP ->
          "The assistant is not set up correctly: its operator must check the model's API key, name"
              + " and address. Nothing was started.";
      case NO_QUOTA ->
          "The assistant's account at the model's provider is used up: its operator must look after"
              + " it. Nothing was started.";
      case TOO_LONG ->
          "That is too long for the model; nothing was started. Please say it in fewer words, or"
              + " start a new conversation.";
      case REFUSED ->
          "The model's provider refused to answer that; nothing was started. Please say it in other"
              + " words.";
    };
  }

  /** The answer of a turn in which the model called tools again and again. */
  static String tooManyRounds(TurnEffects effects) {
    return effects.isNone()
        ? "I tried several times and did not get it right; nothing was started. Please say once"
            + " more what you want."
        : done(effects);
  }

  /** The answer of a turn in which the model said nothing. */
  static String modelSaidNothing(TurnEffects effects) {
    return effects.isNone()
        ? "I have no answer to that; nothing was started. Please say it in other words."
        : done(effects);
  }

  private static String done(TurnEffects effects) {
    List<String> sentences = new ArrayList<>(effects.rejections());
    if (!effects.started().isEmpty()) {
      sentences.add("I have asked your phone to approve " + named(effects.started()) + ".");
    }
    if (!effects.cancelled().isEmpty()) {
      sentences.add("I have cancelled " + named(effects.cancelled()) + ".");
    }
    return String.join(" ", sentences);
  }

  private static String named(List<Purchase> purchases) {
    return purchases.stream().map(Purchase::summary).collect(joining(" and "));
  }
}
