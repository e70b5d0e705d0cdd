package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** A question that nobody answers. */
class ExpiryIT {
  @Test
  void endsWithoutAnOrderAndSaysSo() {
    try (Product product =
        new Product().startApplication("countersign.approval.requested-expiry=6s")) {
      Api alice = product.as("alice");
      JsonNode turn = alice.say(null, "Buy 2 candles").body();
      String id = turn.path("calls").path(0).path("id").asText();
      JsonNode expired = Product.awaitStatus(alice, id, "EXPIRED");
      assertThat(expired.path("reason").asText())
          .isEqualTo("No approval arrived in time; nothing was done.");
      String conversation = turn.path("conversationId").asText();
      await()
          .atMost(Product.PATIENCE)
          .until(() -> alice.said(conversation), said -> said.size() == 2);
      assertThat(alice.said(conversation).getLast())
          .contains("2 candles", "No approval arrived in time; nothing was done.");
      assertThat(product.orders("candles")).isEmpty();
    }
  }
}
