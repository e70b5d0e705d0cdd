package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A question that may wait for two days: Auth0 asks it by e-mail, which needs no device. */
class LongApprovalIT {
  @Test
  void userWithoutDeviceApprovesByEmail() {
    try (Product product =
        new Product().startApplication("countersign.approval.requested-expiry=2d")) {
      Api carol = product.as("carol");
      String id = carol.buy(2, "lamps");
      var pending = Product.awaitStatus(carol, id, "AWAITING_APPROVAL");
      assertThat(
              Duration.between(
                  Instant.parse(pending.path("requestedAt").asText()),
                  Instant.parse(pending.path("expiresAt").asText())))
          .isBetween(Duration.ofHours(47), Duration.ofHours(49));

      product.phoneOf("carol").approve("Do you want to buy 2 lamps");

      Product.awaitStatus(carol, id, "ORDERED");
      assertThat(product.orders("lamps")).hasSize(1);
    }
  }
}
