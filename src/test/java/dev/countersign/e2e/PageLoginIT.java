package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.Browser;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Whoever signed in at the page buys by their session, whichever process answers. */
class PageLoginIT {
  private static final String NEW_KEY = "k2:MjIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

  @Test
  void sessionBuysAndOutlivesARestartAndANewKey() throws IOException {
    try (Product product = new Product();
        Browser browser = new Browser()) {
      product.startApplication();
      browser.signIn(product.base(), "alice");
      assertThat(ok(browser.get(product.base() + "/api/session")).path("name").asText())
          .isEqualTo("Alice");
      JsonNode turn =
          ok(browser.postAsScript(product.base() + "/api/chat", "{\"message\": \"Buy 2 lamps\"}"));
      product.phoneOf("alice").approve("Do you want to buy 2 lamps");

      product.stopApplication();
      product.startApplication("countersign.keys=" + NEW_KEY + "," + Product.KEYS);

      String purchase = turn.path("calls").path(0).path("id").asText();
      Product.awaitStatus(product.as("alice"), purchase, "ORDERED");
      assertThat(
              ok(browser.get(product.base() + "/api/purchases/" + purchase))
                  .path("status")
                  .asText())
          .isEqualTo("ORDERED");
      assertThat(product.orders("lamps")).hasSize(1);
      assertThat(ok(browser.get(product.base() + "/api/purchases")).toString()).contains(purchase);
      assertThat(ok(browser.get(product.base() + "/api/chat")).toString())
          .contains(turn.path("conversationId").asText());
    }
  }

  private static JsonNode ok(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }
}
