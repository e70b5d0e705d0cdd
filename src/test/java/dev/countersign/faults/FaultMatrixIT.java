package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Breaks the product at random: two small plans beside all other tests, or as many whole ones as
 * are asked for, by {@code ./mvnw -Pfaults verify -Dfaults.seed=1 -Dfaults.runs=50}. What is left
 * of it is in {@code target/faults}; {@code -Dfaults.report=docs/reliability.md} also writes the
 * table there.
 */
class FaultMatrixIT {
  /**
   * With 16 faults: of processes, network, tenant, shop and model, with one application and two.
   */
  private static final List<Long> SMALL = List.of(857L, 447L);

  private static final long SEED = Long.getLong("faults.seed", 1);

  /** 0: the small ones. */
  private static final int RUNS = Integer.getInteger("faults.runs", 0);

  private static final int SIDE_BY_SIDE = Integer.getInteger("faults.side-by-side", 2);

  @Test
  void nothingIsLostNothingIsTwiceAndNobodyIsToldAFalsehood() throws InterruptedException {
    LoggingSystem.get(getClass().getClassLoader()).beforeInitialize(); // clients log each retry
    List<Plan> plans =
        RUNS == 0
            ? SMALL.stream().map(Planner::small).toList()
            : LongStream.range(SEED, SEED + RUNS).mapToObj(Planner::plan).toList();
    if (!WrongClock.isThere()) {
      System.out.println("libfaketime is not installed: no application's clock is wrong");
    }
    Report report = new Report(Matrix.execute(plans, SIDE_BY_SIDE));
    report.writeRaw(Path.of("target", "faults"));
    String document = System.getProperty("faults.report", "");
    if (!document.isEmpty()) {
      report.writeInto(Path.of(document));
    }
    System.out.println(report.table());
    assertThat(report.violations()).isEmpty();
  }
}
