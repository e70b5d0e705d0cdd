package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** A token that a caller gives may name whom it likes: only the caller approves. */
class AnotherApproverIT {
  @Test
  void othersApprovalOrdersNothing() {
    try (Product product = new Product().startApplication()) {
      Api alice = product.as("alice");
      String id =
          alice
              .post(
                  "/api/purchases",
                  "{\"product\": \"lamps\", \"qty\": 2, \"loginHintToken\": \"auth0|bob\"}")
              .body()
              .path("id")
              .asText();

      product.phoneOf("bob").approve("Do you want to buy 2 lamps");

      JsonNode end = Product.awaitStatus(alice, id, "REJECTED");
      assertThat(end.path("code").asText()).isEqualTo("grant_mismatch");
      assertThat(end.path("reason").asText()).contains("The ID token is about another user");
      assertThat(product.orders("lamps")).isEmpty();
    }
  }

  @Test
  void theCallersOwnTokenOrders() {
    try (Product product = new Product().startApplication()) {
      Api alice = product.as("alice");
      String id =
          alice
              .post(
                  "/api/purchases",
                  "{\"product\": \"lamps\", \"qty\": 2, \"loginHintToken\": \"auth0|alice\"}")
              .body()
              .path("id")
              .asText();

      product.phoneOf("alice").approve("Do you want to buy 2 lamps");

      Product.awaitStatus(alice, id, "ORDERED");
    }
  }
}
