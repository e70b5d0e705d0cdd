package dev.countersign.faults;

import dev.countersign.devservices.loopback.CallLog.Call;
import dev.countersign.faults.Evidence.Bought;
import dev.countersign.faults.Evidence.Press;
import dev.countersign.faults.Evidence.Question;
import dev.countersign.faults.Violation.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How purchases end: truly, and as their users wanted. */
final class EndRules {
  /** An approval so long before its question expires counts, when nothing is in the way. */
  private static final Duration IN_TIME = World.INTERVAL.multipliedBy(2).plusSeconds(1);

  private final Facts facts;
  private final List<Violation> broken = new ArrayList<>();

  EndRules(Facts facts) {
    this.facts = facts;
  }

  Stream<Violation> broken() {
    facts.evidence().purchases().stream().filter(Bought::hasEnded).forEach(this::check);
    return broken.stream();
  }

  private void check(Bought purchase) {
    boolean ordered = !facts.orders(purchase.id()).isEmpty();
    List<Question> questions = facts.questions(Facts.message(purchase));
    switch (purchase.status()) {
      case "ORDERED" -> {
        if (!ordered) {
          add(Rule.TRUE_END, purchase, "the shop has no order; " + shopCalls(purchase));
        }
      }
      case "OUTCOME_UNKNOWN" -> {
        if (facts.calls(Endpoint.ORDERS, purchase.id()).stream().allMatch(facts::wasDelivered)) {
          add(Rule.TRUE_END, purchase, "every answer was given; " + shopCalls(purchase));
        }
      }
      case "DENIED" -> {
        none(Rule.NO_ORDER_WITHOUT_APPROVAL, purchase, ordered);
        if (questions.stream().noneMatch(asked -> pressed(asked, false))) {
          add(Rule.TRUE_END, purchase, "nobody denied " + questions);
        }
      }
      case "CANCELLED" -> {
        none(Rule.NO_ORDER_WITHOUT_APPROVAL, purchase, ordered);
        if (facts.evidence().cancels().stream()
            .noneMatch(cancel -> cancel.purchase().equals(purchase.id()))) {
          add(Rule.TRUE_END, purchase, "nobody cancelled it");
        }
      }
      case "EXPIRED" -> {
        none(Rule.NO_ORDER_WITHOUT_APPROVAL, purchase, ordered);
        questions.forEach(asked -> approvalCounts(purchase, asked));
      }
      case "FAILED" -> {
        none(Rule.TRUE_END, purchase, ordered);
        failedForAReason(purchase, questions);
      }
      default -> {
        none(Rule.TRUE_END, purchase, ordered);
        add(Rule.TRUE_END, purchase, "nobody refused it; " + questions + shopCalls(purchase));
      }
    }
  }

  private void none(Rule rule, Bought purchase, boolean ordered) {
    if (ordered) {
      add(rule, purchase, "there is " + facts.orders(purchase.id()) + "; " + shopCalls(purchase));
    }
  }

  private void approvalCounts(Bought purchase, Question asked) {
    Press press = asked.press();
    boolean isAlone = facts.purchasesAsking(asked.message()).size() == 1;
    if (!isAlone
        || press == null
        || !press.approve()
        || press.at().isAfter(asked.expiresAt().minus(IN_TIME))) {
      return;
    }
    if (!facts.isHindered(asked, press.at(), asked.expiresAt())) {
      add(Rule.APPROVAL_HONOURED, purchase, "approved in time, nothing in the way: " + asked);
    } else if (purchase.reason().contains("No approval arrived")) {
      add(Rule.TRUE_END, purchase, "an approval had been given: " + asked);
    }
  }

  private void failedForAReason(Bought purchase, List<Question> questions) {
    boolean asking = hadTrouble(facts.calls(Endpoint.ASK, Facts.message(purchase)));
    boolean ordering = hadTrouble(facts.calls(Endpoint.ORDERS, purchase.id()));
    boolean reason =
        switch (purchase.code()) {
          case "approval_lost", "invalid_grant" -> questions.stream().anyMatch(facts::wasTokenLost);
          case "shop_unavailable" -> ordering;
          default ->
              asking
                  || questions.stream().anyMatch(this::isHindered)
                  || facts.isDisturbed(facts.evidence().beganAt(), lastMoment());
        };
    if (!reason) {
      add(Rule.TRUE_END, purchase, "no reason to fail; " + questions + shopCalls(purchase));
    }
  }

  private boolean isHindered(Question asked) {
    return facts.isHindered(asked, asked.askedAt(), asked.expiresAt());
  }

  private Instant lastMoment() {
    return facts.evidence().calls().stream()
        .map(Call::from)
        .reduce(facts.evidence().beganAt(), (one, other) -> one.isAfter(other) ? one : other);
  }

  private boolean hadTrouble(List<Call> calls) {
    return calls.isEmpty() || !calls.stream().allMatch(facts::wasDelivered);
  }

  private static boolean pressed(Question asked, boolean approve) {
    return asked.press() != null && asked.press().approve() == approve;
  }

  private String shopCalls(Bought purchase) {
    return "shop: " + facts.calls(Endpoint.ORDERS, purchase.id());
  }

  private void add(Rule rule, Bought purchase, String evidence) {
    broken.add(
        new Violation(
            facts.evidence().plan().seed(),
            rule,
            purchase.id(),
            "ended as %s (%s, %s); %s"
                .formatted(purchase.status(), purchase.code(), purchase.reason(), evidence)));
  }
}
