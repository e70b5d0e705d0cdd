package dev.countersign.faults;

import java.util.List;
import java.util.stream.Stream;

/** Judges a run by what was seen of it from outside. */
final class Audit {
  private Audit() {}

  /** Those that hold whatever providers, shops and models answer. */
  static List<Violation> ofOrdersAndProgress(Evidence evidence) {
    Facts facts = new Facts(evidence);
    return Stream.concat(new OrderRules(facts).broken(), new ProgressRules(facts).broken())
        .toList();
  }

  /** Every rule that was broken. */
  static List<Violation> of(Evidence evidence) {
    Facts facts = new Facts(evidence);
    return Stream.of(
            new OrderRules(facts).broken(),
            new EndRules(facts).broken(),
            new PhoneRules(facts).broken(),
            new PollRules(facts).broken(),
            new TellingRules(facts).broken(),
            new ProgressRules(facts).broken())
        .flatMap(broken -> broken)
        .toList();
  }
}
