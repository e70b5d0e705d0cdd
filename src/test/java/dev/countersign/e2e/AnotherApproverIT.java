package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A token that a caller gives may name whom it likes: only the caller approves. */
class AnotherApproverIT {
  @RegisterExtension
  static final Product product =
      new Product().startApplication("countersign.ciba.caller-hints=true");

  @Test
  void othersApprovalOrdersNothing() {
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

  @Test
  void theCallersOwnTokenOrders() {
    Api alice = product.as("alice");
    String id =
        alice
            .post(
                "/api/purchases",
                "{\"product\": \"torches\", \"qty\": 2, \"loginHintToken\": \"auth0|alice\"}")
            .body()
            .path("id")
            .asText();

    product.phoneOf("alice").approve("Do you want to buy 2 torches");

    Product.awaitStatus(alice, id, "ORDERED");
  }
}
