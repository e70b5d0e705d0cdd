package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.devservices.tenant.PollLog;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Two processes, one of which is asked to end: the other goes on with its waits at once. */
class PoliteShutdownIT {
  private static final Duration END = Duration.ofSeconds(30);

  /** Half of what the heartbeat timeout alone would take. */
  private static final Duration FROM_APPROVAL_TO_ORDER = Duration.ofSeconds(15);

  private static final int ENDED_BY_SIGTERM = 143;

  @Test
  void handsAPendingApprovalToTheOtherProcess() {
    try (Product product = new Product();
        AppProcess first = AppProcess.launch(product, "polite-first").awaitReady()) {
      String id = first.as("alice").buy(2, "headphones");
      Product.awaitStatus(first.as("alice"), id, "AWAITING_APPROVAL");
      try (AppProcess second = AppProcess.launch(product, "polite-second").awaitReady()) {
        first.terminate();
        assertThat(first.exitCodeWithin(END)).isEqualTo(ENDED_BY_SIGTERM);
        Instant approved = Instant.now();
        product.phoneOf("alice").approve("Do you want to buy 2 headphones");
        JsonNode ordered = Product.awaitStatus(second.as("alice"), id, "ORDERED");
        assertThat(Instant.parse(ordered.path("orderedAt").asText()))
            .isBetween(approved, approved.plus(FROM_APPROVAL_TO_ORDER));
        assertThat(product.orders("headphones")).hasSize(1);
        assertThat(product.tenant.pushes("alice")).hasSize(1);
        assertThat(product.tenant.polls())
            .singleElement()
            .satisfies(request ->
                assertThat(request.polls())
                    .extracting(PollLog.Poll::answer)
                    .containsOnly("Pending", "Approved")
                    .containsOnlyOnce("Approved"));
      }
    }
  }
}
