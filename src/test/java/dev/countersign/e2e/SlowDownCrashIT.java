package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.loopback.Fault;
import dev.countersign.devservices.tenant.PollLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The application is killed right after the provider told it to slow down. */
class SlowDownCrashIT {
  /** The lapse of what the dead process had, a search for it, and three polls. */
  private static final Duration AGAIN = Duration.ofMinutes(2);

  /** The tenant's interval of 1 s, and 5 s more (CIBA Core 11). */
  private static final Duration SLOWER = Duration.ofSeconds(6);

  private static final Fault SLOW_DOWN =
      new Fault.Answer(
          400, "{\"error\": \"slow_down\"}", Map.of("Content-Type", "application/json"));

  @Test
  void keepsTheSlowerPace() {
    try (Product product = new Product();
        AppProcess app = AppProcess.launch(product, "slow-down").awaitReady();
        Histories histories = new Histories(product)) {
      String id = app.as("alice").buy(2, "clocks");
      Product.awaitStatus(app.as("alice"), id, "AWAITING_APPROVAL");
      product.tenant.faults().next("token", 1, SLOW_DOWN);
      await()
          .atMost(Product.PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> histories.stored(id).contains("\"interval\":6"));
      app.kill();
      Instant killed = Instant.now();
      app.launchAgain();
      app.awaitReady();
      await().atMost(AGAIN).until(() -> pollsAfter(product, killed).size() >= 3);
      List<Instant> polls = pollsAfter(product, killed);
      assertThat(IntStream.range(1, polls.size()))
          .allSatisfy(poll ->
              assertThat(Duration.between(polls.get(poll - 1), polls.get(poll)))
                  .isGreaterThanOrEqualTo(SLOWER));
    }
  }

  private static List<Instant> pollsAfter(Product product, Instant moment) {
    return product.tenant.polls().stream()
        .flatMap(request -> request.polls().stream())
        .map(PollLog.Poll::at)
        .filter(at -> at.isAfter(moment))
        .toList();
  }
}
