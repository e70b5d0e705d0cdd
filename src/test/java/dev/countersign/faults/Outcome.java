package dev.countersign.faults;

import java.time.Duration;
import java.util.List;

/**
 * What a run came to.
 *
 * @param effects of each fault that hit anything
 */
record Outcome(
    Plan plan, Evidence evidence, List<Effect> effects, List<Violation> violations, Duration took) {

  static Outcome of(Plan plan) throws InterruptedException {
    long began = System.nanoTime();
    Evidence evidence = Run.of(plan);
    return new Outcome(
        plan,
        evidence,
        Effect.of(evidence),
        Audit.of(evidence),
        Duration.ofNanos(System.nanoTime() - began));
  }

  @Override
  public String toString() {
    return "Seed %d: %d purchases, %d orders, %d pushes, %d faults that hit, %d violations, %d s"
        .formatted(
            plan.seed(),
            evidence.purchases().size(),
            evidence.orders().size(),
            evidence.questions().size(),
            effects.size(),
            violations.size(),
            took.toSeconds());
  }
}
