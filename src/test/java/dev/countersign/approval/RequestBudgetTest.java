package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {
  private static final long NOW = Long.MAX_VALUE - 1_000_000_000; // nanoTime may overflow

  @Test
  void spacesRequestsThatComeTogetherEvenly() {
    RequestBudget budget = new RequestBudget(50);
    assertThat(IntStream.range(0, 4).mapToObj(_ -> budget.takeTurn(NOW)))
        .containsExactly(
            Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(60));
  }

  @Test
  void savesNothingUpInQuietTimes() {
    RequestBudget budget = new RequestBudget(50);
    assertThat(budget.takeTurn(NOW)).isZero();
    long later = NOW + 500_000_000;
    assertThat(budget.takeTurn(later)).isZero();
    assertThat(budget.takeTurn(later)).isEqualTo(Duration.ofMillis(20));
  }
}
