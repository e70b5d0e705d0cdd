package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.tenant.PollLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One of two processes is killed: the other goes on with what it waited for. */
class TakeOverIT {
  private static final int PURCHASES = 10;

  /** A fraction of what the waits' own heartbeat timeouts would take. */
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  @SuppressWarnings("NullAway.Init")
  private static Product product;

  @BeforeAll
  static void start() {
    product = new Product();
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void polledAgainByTheOtherProcessAndByNobodyTwice() {
    try (AppProcess killed = AppProcess.launch(product, "take-over-killed").awaitReady()) {
      List<String> ids =
          IntStream.range(0, PURCHASES)
              .mapToObj(n -> killed.as("alice").buy(n + 1, "bulbs"))
              .toList();
      ids.forEach(id -> Product.awaitStatus(killed.as("alice"), id, "AWAITING_APPROVAL"));
      try (AppProcess other = AppProcess.launch(product, "take-over-other").awaitReady()) {
        Instant death = Instant.now();
        killed.kill();
        await().atMost(PATIENCE).until(() -> polledSince(death) == PURCHASES);
        for (int qty = 1; qty <= PURCHASES; qty++) {
          product.phoneOf("alice").approve("Do you want to buy " + qty + " bulbs");
        }
        ids.forEach(id -> Product.awaitStatus(other.as("alice"), id, "ORDERED"));
        assertThat(product.orders("bulbs")).hasSize(PURCHASES);
        assertThat(product.phoneOf("alice").requests()).hasSize(PURCHASES);
        assertThat(product.tenant.polls())
            .flatExtracting(PollLog::polls)
            .extracting(PollLog.Poll::answer)
            .doesNotContain("SlowDown");
      }
    }
  }

  private static long polledSince(Instant moment) {
    return product.tenant.polls().stream()
        .filter(request -> request.polls().stream().anyMatch(poll -> poll.at().isAfter(moment)))
        .count();
  }
}
