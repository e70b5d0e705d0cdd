package dev.countersign.faults;

import dev.countersign.faults.Evidence.Bought;
import dev.countersign.faults.Evidence.Question;
import dev.countersign.faults.Violation.Rule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often phones ring. */
final class PhoneRules {
  private final Facts facts;

  PhoneRules(Facts facts) {
    this.facts = facts;
  }

  Stream<Violation> broken() {
    return facts.evidence().questions().stream()
        .collect(Collectors.groupingBy(Question::message))
        .entrySet()
        .stream()
        .flatMap(asked -> check(asked.getKey(), asked.getValue()));
  }

  private Stream<Violation> check(String message, List<Question> questions) {
    List<Bought> purchases = facts.purchasesAsking(message);
    boolean unclear = !facts.calls(Endpoint.ASK, message).stream().allMatch(facts::wasDelivered);
    boolean lost = questions.stream().anyMatch(facts::wasTokenLost);
    int each = 1 + (unclear ? 1 : 0) + (lost ? 1 : 0);
    if (questions.size() <= purchases.size() * each) {
      return Stream.of();
    }
    return Stream.of(
        new Violation(
            facts.evidence().plan().seed(),
            Rule.PUSHES,
            message,
            "%d pushes for %s, at most %d each; %s; asked by %s"
                .formatted(
                    questions.size(),
                    purchases,
                    each,
                    questions,
                    facts.calls(Endpoint.ASK, message))));
  }
}
