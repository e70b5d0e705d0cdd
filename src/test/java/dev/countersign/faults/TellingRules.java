package dev.countersign.faults;

import dev.countersign.faults.Evidence.Bought;
import dev.countersign.faults.Evidence.Question;
import dev.countersign.faults.Evidence.Said;
import dev.countersign.faults.Violation.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What conversations say of purchases: each outcome once, and the truth. */
final class TellingRules {
  /** The order's number, or the shop's status text. */
  private static final Pattern ORDERED = Pattern.compile("\\b([Oo]rder \\d+|Created)\\b");

  private final Facts facts;
  private final List<Violation> broken = new ArrayList<>();

  TellingRules(Facts facts) {
    this.facts = facts;
  }

  Stream<Violation> broken() {
    facts.evidence().purchases().forEach(this::check);
    return broken.stream();
  }

  private void check(Bought purchase) {
    List<Said> said =
        facts.evidence().messages().stream()
            .filter(message -> message.purchase().equals(purchase.id()))
            .toList();
    said.stream().filter(Notices::isApproveAgain).forEach(message -> lost(purchase, message));
    if (purchase.conversation() == null || !purchase.hasEnded()) {
      return;
    }
    List<Said> outcomes = said.stream().filter(message -> !Notices.is(message)).toList();
    // what can't be asked for at all is told in the answer to the turn
    boolean inTheTurn = outcomes.isEmpty() && purchase.status().equals("REJECTED");
    if (outcomes.size() != 1 && !inTheTurn) {
      add(Rule.TOLD_ONCE, purchase, "told " + outcomes.size() + " times: " + said);
    }
    for (Said outcome : outcomes) {
      boolean saysOrdered = ORDERED.matcher(outcome.text()).find();
      if (saysOrdered != purchase.status().equals("ORDERED")) {
        add(Rule.TRUE_END, purchase, "the conversation says " + outcome);
      }
    }
  }

  private void lost(Bought purchase, Said message) {
    List<Question> lost =
        facts.questions(Facts.message(purchase)).stream().filter(facts::wasTokenLost).toList();
    boolean reason =
        lost.stream()
            .flatMap(question -> facts.calls(Endpoint.TOKEN, question.id()).stream())
            .anyMatch(call -> !facts.wasDelivered(call));
    if (!reason) {
      add(Rule.ASKED_AGAIN_FOR_A_REASON, purchase, message + ", tokens lost: " + lost);
    }
  }

  private void add(Rule rule, Bought purchase, String evidence) {
    broken.add(
        new Violation(
            facts.evidence().plan().seed(),
            rule,
            purchase.id(),
            "%s; %s".formatted(purchase.status(), evidence)));
  }
}
