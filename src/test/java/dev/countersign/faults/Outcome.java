package dev.countersign.faults;

import dev.countersign.faults.Violation.Rule;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;

/**
 * What a run came to.
 *
 * @param effects of each fault that hit anything
 */
record Outcome(
    Plan plan, Evidence evidence, List<Effect> effects, List<Violation> violations, Duration took) {

  /** Executes the plan and judges what comes of it; a run that fails itself is a violation too. */
  static Outcome of(Plan plan) throws InterruptedException {
    long began = System.nanoTime();
    try {
      Evidence evidence = Run.of(plan);
      return new Outcome(
          plan,
          evidence,
          Effect.of(evidence),
          Audit.of(evidence),
          Duration.ofNanos(System.nanoTime() - began));
    } catch (RuntimeException e) {
      var failed = new Violation(plan.seed(), Rule.HARNESS, "the run", stackTrace(e));
      return new Outcome(
          plan,
          Evidence.none(plan),
          List.of(),
          List.of(failed),
          Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private static String stackTrace(RuntimeException e) {
    var words = new StringWriter();
    e.printStackTrace(new PrintWriter(words));
    return words.toString();
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
