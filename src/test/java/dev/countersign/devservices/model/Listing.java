package dev.countersign.devservices.model;

import static java.util.stream.Collectors.joining;

import dev.langchain4j.data.message.AiMessage;
import java.util.List;

/** What to say, or to do, after a look at the purchases. */
final class Listing {
  static final String WHICH = "Which one shall I cancel?";

  /** Most calls at once that are accepted. */
  private static final int MOST = 5;

  private Listing() {}

  static AiMessage answer(Question question, boolean cancels, List<ListedCall> listed) {
    if (cancels) {
      return cancel(question, listed);
    }
    if (question.isAboutBought()) {
      return AiMessage.from(bought(listed.stream().filter(ListedCall::isPurchase).toList()));
    }
    return AiMessage.from(
        listed.isEmpty()
            ? "Nothing is pending."
            : "Pending: " + names(listed) + ". Please look at your phone.");
  }

  private static AiMessage cancel(Question question, List<ListedCall> pending) {
    if (pending.isEmpty()) {
      return AiMessage.from("Nothing is pending, so there is nothing to cancel.");
    }
    List<ListedCall> meant = question.meant(pending);
    if (meant.isEmpty()) {
      return AiMessage.from("Nothing like that is pending. Pending: " + names(pending) + ".");
    }
    if (meant.size() > 1 && !question.isForAll()) {
      return AiMessage.from(WHICH + " Pending: " + names(meant) + ".");
    }
    return AiMessage.from(
        Calls.of(
            "cancel_request",
            meant.stream()
                .limit(MOST)
                .map(purchase -> "{\"request\":\"" + purchase.reference() + "\"}")
                .toList()));
  }

  private static String bought(List<ListedCall> listed) {
    return listed.isEmpty()
        ? "You have bought nothing yet."
        : "You have bought: "
            + listed.stream()
                .map(purchase ->
                    purchase.result().isEmpty()
                        ? purchase.toString()
                        : purchase + ": " + purchase.result())
                .collect(joining(", "))
            + ".";
  }

  private static String names(List<ListedCall> purchases) {
    return purchases.stream().map(ListedCall::toString).collect(joining(", "));
  }
}
