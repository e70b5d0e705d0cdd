package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Two replicas poll no more than the provider grants to both, and one that is left all of it. */
class SharedBudgetIT {
  private static final int BUDGET = 10;
  private static final int PENDING = 30;
  private static final int WATCHED = 40;

  /** What they take by half the budget. */
  private static final Duration HALF_THE_BUDGETS = Duration.ofSeconds(WATCHED / (BUDGET / 2));

  private static final String SETTING = "countersign.ciba.requests-per-second=" + BUDGET;

  @RegisterExtension private final Product product = new Product().startApplication(SETTING);

  @Test
  void isThatOfAllReplicasTogether() {
    try (ConfigurableApplicationContext replica = product.startReplica(SETTING)) {
      awaitBudget(BUDGET / 2.0, product.application(), replica);
      Api alice = product.as("alice");
      IntStream.rangeClosed(1, PENDING).forEach(qty -> alice.buy(qty, "bells"));
      await().atMost(Product.PATIENCE).until(() -> polls() > PENDING);

      Duration together = timeOfPolls();

      assertThat(together)
          .isGreaterThan(Duration.ofSeconds(WATCHED / BUDGET).multipliedBy(9).dividedBy(10));
      assertThat(waiting(product.application())).isPositive();
      assertThat(waiting(replica)).isPositive();
      await()
          .atMost(Product.PATIENCE)
          .until(() ->
              gauge(replica, "countersign.polls.overdue") > 0
                  && gauge(replica, "countersign.polls.delay") > 0);
    }
    awaitBudget(BUDGET, product.application());
    await().atMost(Product.PATIENCE).until(() -> waiting(product.application()) == PENDING);
    await() // one measure may have a lost beat in it
        .atMost(Product.PATIENCE)
        .until(
            this::timeOfPolls,
            time -> time.compareTo(HALF_THE_BUDGETS.multipliedBy(7).dividedBy(8)) < 0);
  }

  private Duration timeOfPolls() {
    long before = polls();
    long start = System.nanoTime();
    await()
        .atMost(Product.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> polls() >= before + WATCHED);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private long polls() {
    return product.tenant.polls().stream().mapToLong(request -> request.polls().size()).sum();
  }

  private static void awaitBudget(double share, ApplicationContext... replicas) {
    await()
        .atMost(Product.PATIENCE)
        .until(() ->
            Arrays.stream(replicas)
                .allMatch(replica -> gauge(replica, "countersign.polls.budget") == share));
  }

  private static double waiting(ApplicationContext replica) {
    return gauge(replica, "countersign.polls.waiting");
  }

  private static double gauge(ApplicationContext replica, String name) {
    return replica.getBean(MeterRegistry.class).get(name).gauge().value();
  }
}
