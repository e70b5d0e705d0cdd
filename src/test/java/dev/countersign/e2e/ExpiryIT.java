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
      JsonNode turn = unanswered(alice);
      String id = id(turn);
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

  /** A machine that stalls just before the end can't know of an expiry: one more is asked for. */
  private static JsonNode unanswered(Api alice) {
    JsonNode turn = alice.say(null, "Buy 2 candles").body();
    return Product.awaitEnd(alice, id(turn)).path("code").asText().equals("not_asked_in_time")
        ? alice.say(null, "Buy 2 candles").body()
        : turn;
  }

  private static String id(JsonNode turn) {
    return turn.path("calls").path(0).path("id").asText();
  }
}
