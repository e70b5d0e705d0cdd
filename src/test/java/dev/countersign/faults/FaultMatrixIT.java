package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Breaks the product at random. {@code -Pfaults} runs only this, for long; {@code -Dfaults.seed} is
 * the first seed, {@code -Dfaults.runs} how many follow one another.
 */
class FaultMatrixIT {
  private static final long SEED = Long.getLong("faults.seed", 1);
  private static final int RUNS = Integer.getInteger("faults.runs", 1);

  @Test
  void nothingIsLostNothingIsTwiceAndNobodyIsToldAFalsehood() throws InterruptedException {
    List<Violation> all = new ArrayList<>();
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      Plan plan = Planner.plan(seed);
      System.out.println(plan);
      all.addAll(Audit.of(Run.of(plan)));
      all.forEach(System.out::println);
    }
    assertThat(all).isEmpty();
  }
}
